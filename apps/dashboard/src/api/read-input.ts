/** What a request hands to its verb: the parts of the path, and the query of a GET or the JSON body of a POST or PATCH. */
import { AppError } from "@yolo/core/errors";
import type { Match } from "./match-route.ts";

const BODY_BYTES_MAX = 1024 * 1024;

/**
 * Nothing is merged silently: a name that comes twice is refused. What the fields mean is the verb's to judge.
 * Throws `malformed_request`, `body_too_large`, `invalid_input`.
 */
export async function readInput(request: Request, { params }: Match): Promise<object> {
  return merge(params, await readPlainInput(request));
}

/** As `readInput`, where nothing stands in the path. */
export async function readPlainInput(request: Request): Promise<object> {
  const query = readQuery(new URL(request.url).searchParams);
  if (!takesBody(request.method)) return query;
  if (Object.keys(query).length > 0) {
    throw new AppError("invalid_input", {
      message: `A ${request.method} takes its input from the body alone.`,
    });
  }
  return readJson(request);
}

/** The methods whose input is a JSON body; of the others it is the query. */
export function takesBody(method: string): boolean {
  return method === "POST" || method === "PATCH";
}

function readQuery(search: URLSearchParams): object {
  const names = [...search.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new AppError("invalid_input", { message: `The query names ${twice} more than once.` });
  }
  return Object.fromEntries(search);
}

function merge(params: object, rest: object): object {
  const both = Object.keys(params).find((name) => Object.hasOwn(rest, name));
  if (both !== undefined) {
    throw new AppError("invalid_input", { message: `${both} stands in the path already.` });
  }
  return { ...rest, ...params };
}

async function readJson(request: Request): Promise<object> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new AppError("malformed_request", {
      message: "Send the body as JSON, with content-type: application/json.",
    });
  }
  const body = parseJson(await readBody(request));
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("malformed_request", { message: "The body must be a JSON object." });
  }
  return body;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("malformed_request", { message: "The body is not valid JSON.", cause });
  }
}

/** Reads no more than a byte beyond the limit, whatever the head of the request promised. */
async function readBody(request: Request): Promise<Buffer> {
  const promised = Number(request.headers.get("content-length") ?? 0);
  if (promised > BODY_BYTES_MAX) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError("body_too_large", { message: "The body is larger than 1 MB." });
}
