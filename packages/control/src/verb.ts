/**
 * A verb is something a person does with the control plane. Made here, each has by construction: its permission,
 * a strictly parsed input, one transaction in the org's scope, the change on record in that same transaction, being
 * done once under an idempotency key, and typed errors. Pages, public API and command line all run the same verbs.
 */
import type { Json } from "@yolo/core/action";
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { inOrg, type OrgTransaction } from "@yolo/store/prisma";
import type { z } from "zod";
import type { Context } from "./context.ts";
import { asAppError } from "./database-error.ts";
import { findAnswer, keepAnswer } from "./idempotency.ts";
import { type Permission, requirePermission } from "./permissions.ts";

/** What a verb's work gets: the caller's context and the transaction, which sees this org alone. */
export interface Scope extends Context {
  readonly orgId: string;
  readonly transaction: OrgTransaction;
}

type State = { readonly [name: string]: Json };

/** What became different. Secrets cannot stand here: neither `Secret` nor bytes are JSON. */
export interface Change {
  /** The outside id of what was changed. */
  readonly subject: string;
  /** Null: it did not exist before. */
  readonly before: State | null;
  /** Null: it does not exist any more. */
  readonly after: State | null;
  /** The member in whose name the product does it. */
  readonly by?: string;
}

export interface Done<Result> {
  readonly result: Result;
  /** Null says outright that nothing became different. */
  readonly change: Change | null;
  /** What only makes sense once the change is committed: to wake those who act on it. */
  afterCommit?(): Promise<void>;
}

interface Definition<Input extends z.ZodType, Output extends z.ZodType, Result> {
  /** `noun.verb`, as it stands on record. */
  readonly name: string;
  readonly permission: Permission;
  readonly input: Input;
  readonly output: Output;
  /** Said when a name that must be unique is taken. */
  readonly taken?: string;
  run(scope: Scope, input: z.output<Input>): Promise<Result>;
}

export interface Verb<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly permission: Permission;
  readonly input: Input;
  readonly output: Output;
  /**
   * Does it, all or nothing. The input is parsed here, so anything may be handed in.
   * Throws `forbidden`, `invalid_input`, `not_found`, `conflict`, `unavailable` and what the verb's file says.
   */
  run(context: Context, input: z.input<Input>): Promise<z.output<Output>>;
}

/** A verb that changes something. */
export function verb<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, Done<z.output<Output>>>,
): Verb<Input, Output> {
  return {
    ...definition,
    async run(context, raw) {
      const done = await perform(context, definition, raw, async (scope, input) => {
        const asked = { verb: definition.name, input: raw };
        const answer = await findAnswer(scope, asked);
        if (answer !== undefined) return replayed(scope, definition.output, answer);
        const work = await definition.run(scope, input);
        if (work.change !== null) await recordChange(scope, definition.name, work.change);
        await keepAnswer(scope, asked, work.result);
        return work;
      });
      await done.afterCommit?.();
      return done.result;
    },
  };
}

/** What was done before, told again; nothing is done now. */
function replayed<Output extends z.ZodType>(
  { idempotency }: Scope,
  output: Output,
  answer: unknown,
): Done<z.output<Output>> {
  const parsed = output.safeParse(answer);
  if (!parsed.success) {
    throw new AppError("conflict", {
      message:
        "This was done under the same Idempotency-Key, but its answer cannot be told again since the product was upgraded. Look at the list.",
    });
  }
  idempotency?.onReplay();
  return { result: parsed.data, change: null };
}

/** A verb that only looks: its transaction is read-only, the database holds it to that. */
export function query<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output, z.output<Output>>,
): Verb<Input, Output> {
  return {
    ...definition,
    run: (context, raw) =>
      perform(context, definition, raw, async (scope, input) => {
        await scope.transaction.$executeRaw`SET TRANSACTION READ ONLY`;
        return definition.run(scope, input);
      }),
  };
}

async function perform<Input extends z.ZodType, Result>(
  context: Context,
  definition: { readonly permission: Permission; readonly input: Input; readonly taken?: string },
  raw: unknown,
  work: (scope: Scope, input: z.output<Input>) => Promise<Result>,
): Promise<Result> {
  requirePermission(context.actor, definition.permission);
  const input = parseInput(definition.input, raw);
  const { orgId } = context.actor;
  try {
    return await inOrg(context.database, orgId, (transaction) =>
      work({ ...context, orgId, transaction }, input),
    );
  } catch (thrown) {
    throw asAppError(thrown, definition.taken);
  }
}

/** The input as the schema makes it. Throws `invalid_input` with what is wrong, by field. */
export function parseInput<Input extends z.ZodType>(schema: Input, raw: unknown): z.output<Input> {
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

async function recordChange(scope: Scope, name: string, change: Change): Promise<void> {
  await scope.transaction.change.create({
    data: {
      orgId: scope.orgId,
      id: newId(),
      memberId: scope.actor.kind === "member" ? scope.actor.memberId : (change.by ?? null),
      verb: name,
      subject: change.subject,
      ...(change.before !== null && { before: change.before }),
      ...(change.after !== null && { after: change.after }),
      requestId: scope.requestId,
    },
  });
}
