/** The public API as pages call it: typed by the table of routes, as the member who is signed in. */
import type { z } from "zod";
import type { ROUTES } from "../api/routes.ts";
import { requestOf, type Target } from "./request-of.ts";

export type RouteName = keyof typeof ROUTES;
type VerbOf<Name extends RouteName> = (typeof ROUTES)[Name]["verb"];

/** What a route takes: the parts of its path and its query or body, in one object. */
export type Input<Name extends RouteName> = z.input<VerbOf<Name>["input"]>;
/** What it answers. */
export type Output<Name extends RouteName> = z.output<VerbOf<Name>["output"]>;

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly facts?: { readonly [name: string]: unknown } | undefined;
  readonly requestId: string;
  readonly docs: string | undefined;
  readonly status: number;
}

/** A call that was refused or failed, in the API's own words; `requestId` finds it in the logs. */
export class ApiError extends Error {
  readonly code: string;
  readonly facts: Refusal["facts"];
  readonly requestId: string;
  readonly docs: string | undefined;
  /** Of HTTP; 0: no answer came. */
  readonly status: number;

  constructor({ code, message, facts, requestId, docs, status }: Refusal) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.facts = facts;
    this.requestId = requestId;
    this.docs = docs;
    this.status = status;
  }

  /** What the API said about a field of the input, as `issues` in its facts; undefined where nothing. */
  issueOf(field: string): string | undefined {
    return this.issues.get(field);
  }

  /** Field → what is wrong with it. */
  get issues(): ReadonlyMap<string, string> {
    const { issues } = this.facts ?? {};
    return new Map(Array.isArray(issues) ? issues.filter(isIssue).map(entryOf) : []);
  }
}

interface Issue {
  readonly field: string;
  readonly message: string;
}

function isIssue(value: unknown): value is Issue {
  return typeof value === "object" && value !== null && "field" in value && "message" in value;
}

function entryOf({ field, message }: Issue): readonly [string, string] {
  return [field, message];
}

/**
 * Asks one route as the signed-in member of the org with this slug; the browser sends the session's cookie.
 * Fields named in the path go there, the rest is the query of GET and DELETE and the JSON body of POST and PATCH;
 * fields that are undefined are left out. Throws `ApiError`; an aborted signal ends it with the signal's reason.
 */
export async function call<Name extends RouteName>(
  org: string,
  route: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const response = await send(org, requestOf(route, Object(input)), signal);
  const body = await readJson(response);
  if (!response.ok) throw errorOf(body, response);
  return body;
}

async function send(org: string, target: Target, signal?: AbortSignal): Promise<Response> {
  const { method, url, body } = target;
  const headers = { "yolo-org": org, ...(body !== undefined && JSON_HEADERS) };
  try {
    return await fetch(url, { method, headers, body: body ?? null, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError({
      code: "unreachable",
      message: "No answer came. Check your connection, then try again.",
      requestId: "",
      docs: undefined,
      status: 0,
    });
  }
}

const JSON_HEADERS = { "content-type": "application/json" };

/** The body; undefined when it is not JSON, as from a proxy in between. */
async function readJson(response: Response) {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** The error that an answer other than 2xx tells of, also when its body is not the API's. */
function errorOf(body: unknown, response: Response): ApiError {
  const { code, message, facts, requestId, docs } = isFailure(body) ? body.error : {};
  return new ApiError({
    code: code ?? "internal",
    message: message ?? "Something failed on our side. Try again.",
    facts,
    requestId: requestId ?? response.headers.get("x-request-id") ?? "",
    docs,
    status: response.status,
  });
}

function isFailure(body: unknown): body is { readonly error: Partial<Refusal> } {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  return typeof body.error === "object" && body.error !== null;
}
