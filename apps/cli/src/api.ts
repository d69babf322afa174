/** The public API, as far as commands use it. */
import { z } from "zod";
import { UsageError } from "./exit-code.ts";
import type { Io } from "./io.ts";

const DEADLINE_MS = 30_000;

export const apiOptions = { "org-url": { type: "string" } } as const;

export const API_HELP = [
  "--org-url <url>   the dashboard's address; else YOLO_API. The token is YOLO_TOKEN.",
];

/** What the API answered when it refused. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, facts: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

export interface Api {
  /** Sends the body and reads the answer. Throws `ApiError`, and `UsageError` when nothing answers as the API does. */
  post<Schema extends z.ZodType>(
    path: string,
    body: object,
    schema: Schema,
  ): Promise<z.output<Schema>>;
}

/** Throws `UsageError` where address or token are missing. */
export function connectApi(io: Io, orgUrl: string | undefined): Api {
  const address = orgUrl ?? io.env.YOLO_API;
  const token = io.env.YOLO_TOKEN;
  if (!address) throw new UsageError("say where the API is: --org-url or YOLO_API");
  if (!token) throw new UsageError("set YOLO_TOKEN to a member's API token (ylt_…)");
  const base = baseOf(address);
  return {
    async post(path, body, schema) {
      const { status, content } = await send(new URL(`${base}${path}`), body, token);
      if (status >= 400) throw refusalOf(status, content);
      const parsed = schema.safeParse(content);
      if (parsed.success) return parsed.data;
      throw new UsageError(`${base} answers, but not as the API does; is yolo of its version?`);
    },
  };
}

function baseOf(address: string): string {
  if (!URL.canParse(address)) throw new UsageError(`${address} is not an address`);
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new UsageError(`${address} is not an http address`);
  }
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path.endsWith("/api/v1") ? path : `${path}/api/v1`}`;
}

async function send(
  url: URL,
  body: object,
  token: string,
): Promise<{ readonly status: number; readonly content: unknown }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      // The token is for this address and no other.
      redirect: "error",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const text = await response.text();
    return { status: response.status, content: parseJson(text) };
  } catch (cause) {
    throw new UsageError(`${url.origin} does not answer`, { cause });
  }
}

const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
});

function refusalOf(status: number, content: unknown): Error {
  const parsed = refusal.safeParse(content);
  if (!parsed.success) return new UsageError(`the API answered with status ${status}`);
  const { code, message, facts = {} } = parsed.data.error;
  return new ApiError(code, message, facts);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
