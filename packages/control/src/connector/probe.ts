/**
 * One real request to an upstream, as the gateway would make it and through the same guard of addresses: no
 * redirect is followed, no proxy asked, nothing retried, and it ends within ten seconds.
 */
import { lookup } from "node:dns";
import { type ClientRequestArgs, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { guardedLookup, isAllowedOrigin } from "@yolo/core/address-guard";

export interface Probe {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST; left out: a GET. */
  readonly body?: string;
  /** The one origin that may lie inside, because we run it; null where none may. */
  readonly trustedOrigin: string | null;
  readonly deadlineMs?: number;
}

export type Probed =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: string;
      /** The first value of a header, by its lower-case name. */
      header(name: string): string | undefined;
    }
  /** `code` is Node's, `ERR_ADDRESS_REFUSED` of the guard or `ERR_DEADLINE`. */
  | { readonly kind: "failed"; readonly code: string };

const DEADLINE_MS = 10_000;
const BODY_MAX = 64 * 1024;

/** Never rejects: what went wrong is the result. */
export async function probe(options: Probe): Promise<Probed> {
  const { url, headers, body, trustedOrigin, deadlineMs = DEADLINE_MS } = options;
  if (!isAllowedOrigin(url, trustedOrigin)) return { kind: "failed", code: REFUSED };
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const args = {
      method: body === undefined ? "GET" : "POST",
      headers: { ...headers, accept: "application/json", "accept-encoding": "identity" },
      // A connection of its own: nothing is left open, and the guard looks at the address every time.
      agent: false,
      signal,
      ...(url.origin !== trustedOrigin && { lookup: guardedLookup(lookup) }),
    };
    const response = await send(url, args, body);
    return {
      kind: "answered",
      status: response.statusCode ?? 0,
      body: await readBody(response),
      header: (name) => response.headersDistinct[name]?.[0],
    };
  } catch (thrown) {
    return { kind: "failed", code: signal.aborted ? DEADLINE : codeOf(thrown) };
  }
}

const REFUSED = "ERR_ADDRESS_REFUSED";
const DEADLINE = "ERR_DEADLINE";

function send(url: URL, args: ClientRequestArgs, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === "https:" ? overHttps : overHttp;
    start(url, args).on("response", resolve).on("error", reject).end(body);
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BODY_MAX) break;
  }
  return Buffer.concat(chunks).toString("utf8", 0, BODY_MAX);
}

function codeOf(thrown: unknown): string {
  const hasCode = thrown instanceof Error && "code" in thrown && typeof thrown.code === "string";
  return hasCode ? String(thrown.code) : "ERR_UNKNOWN";
}
