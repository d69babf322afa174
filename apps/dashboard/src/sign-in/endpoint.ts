/** What a person does outside any org: the form of each endpoint below `/api/auth`. */
import { nameField } from "@yolo/control/fields";
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import type { Cell, Limit } from "./limits.ts";
import type { SignedIn } from "./who.ts";

export interface PersonCall<Input> {
  readonly deps: Deps;
  readonly input: Input;
  /** As they came, with the believed address of the client. */
  readonly headers: Headers;
  readonly requestId: string;
}

export interface PersonAnswer {
  readonly body: object;
  /** For `set-cookie`. */
  readonly cookies?: readonly string[];
}

export interface Endpoint {
  /** The person's, or anybody's. */
  readonly signedIn: boolean;
  run(call: PersonCall<unknown>, person: SignedIn | undefined): Promise<PersonAnswer>;
}

/** For anybody. Its input is parsed strictly. */
export function open<Input extends z.ZodType>(
  input: Input,
  run: (call: PersonCall<z.output<Input>>) => Promise<PersonAnswer>,
): Endpoint {
  return {
    signedIn: false,
    run: (call) => run({ ...call, input: parse(input, call.input) }),
  };
}

/** For whoever is signed in. */
export function personal<Input extends z.ZodType>(
  input: Input,
  run: (call: PersonCall<z.output<Input>>, person: SignedIn) => Promise<PersonAnswer>,
): Endpoint {
  return {
    signedIn: true,
    async run(call, person) {
      if (person === undefined) throw notSignedIn();
      return run({ ...call, input: parse(input, call.input) }, person);
    },
  };
}

function notSignedIn(): AppError {
  return new AppError("not_signed_in", { message: "Your session has ended. Sign in again." });
}

/** An address as it is stored. */
export function emailField() {
  return z.string().trim().toLowerCase().max(254).pipe(z.email("must be an e-mail address"));
}

/** What a person is called: one line. */
export function nameOfPerson() {
  return nameField();
}

/** Throws `invalid_input` where there is a problem with the password of this field. */
export function requirePassword(field: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new AppError("invalid_input", {
    message: `The password ${problem}.`,
    facts: { issues: [{ field, message: `The password ${problem}.` }] },
  });
}

/** The cell of this client's address. Where it is unknown, all such clients share one. */
export function addressCell({ headers }: PersonCall<unknown>, what: string, limit: Limit): Cell {
  return { key: `${what}:address:${clientOf(headers)}`, limit };
}

export function clientOf(headers: Headers): string {
  return headers.get("yolo-client-address") ?? "unknown";
}

function parse<Input extends z.ZodType>(schema: Input, raw: unknown): z.output<Input> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    field: path.join(".") || "(the whole input)",
    message,
  }));
  throw new AppError("invalid_input", {
    message: `The input is not valid: ${issues.map(({ field, message }) => `${field}: ${message}`).join("; ")}.`,
    facts: { issues },
  });
}
