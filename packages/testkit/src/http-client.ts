/**
 * A plain HTTP client for tests: sends exactly the head it is given and shows exactly what came back.
 * `sendRaw` goes below HTTP, for requests that no client would send.
 */
import { once } from "node:events";
import { type Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";

export interface SendOptions {
  /** Default: POST with a body, GET without. */
  readonly method?: string;
  /** Names and values in order; a name may come twice. `host` overrides the one of the URL. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Bytes or text as they are; an object is sent as JSON with its content type. */
  readonly body?: Buffer | string | object;
  readonly signal?: AbortSignal;
  /** A keep-alive agent to share connections; without it each request has a connection of its own. */
  readonly agent?: Agent;
}

/** An answer whose head has arrived. */
export interface OpenReply {
  readonly status: number;
  /** Names and values by turns, as received. */
  readonly rawHeaders: readonly string[];
  /** The first value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  /** The body in the chunks it comes in. Throws when the connection is lost before its end. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Drops the connection. */
  abort(): void;
}

/** An answer received whole. */
export interface HttpReply extends Omit<OpenReply, "chunks" | "abort"> {
  readonly body: Buffer;
  text(): string;
  json(): unknown;
}

/** Sends a request and resolves with the head of its answer. Rejects when there is none. */
export async function open(url: string | URL, options: SendOptions = {}): Promise<OpenReply> {
  const sent = startRequest(new URL(url), options);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
  return {
    status: response.statusCode ?? 0,
    rawHeaders: response.rawHeaders,
    header: (name) => response.headersDistinct[name]?.[0],
    chunks: response,
    abort: () => sent.destroy(),
  };
}

/** Sends a request and resolves with its whole answer. Rejects when it is missing or cut off. */
export async function send(url: string | URL, options: SendOptions = {}): Promise<HttpReply> {
  const { chunks, abort: _, ...head } = await open(url, options);
  const received: Buffer[] = [];
  for await (const chunk of chunks) received.push(chunk);
  const body = Buffer.concat(received);
  const text = () => body.toString("utf8");
  return { ...head, body, text, json: () => JSON.parse(text()) };
}

/**
 * Writes these pieces to a new connection one after another and resolves with all that came back once the
 * other side has closed or reset it. Rejects when it has not after `timeoutMs`: nothing may hang.
 */
export async function sendRaw(
  url: string | URL,
  pieces: Iterable<Buffer | string> | AsyncIterable<Buffer | string>,
  timeoutMs = 30_000,
): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  let late = false;
  socket.on("error", () => socket.destroy());
  const timer = setTimeout(() => {
    late = true;
    socket.destroy();
  }, timeoutMs);
  for await (const piece of pieces) if (socket.writable) socket.write(piece);
  await closed;
  clearTimeout(timer);
  if (late) throw new Error(`the connection was still open after ${timeoutMs} ms`);
  return Buffer.concat(received);
}

function startRequest(url: URL, options: SendOptions): ClientRequest {
  const bytes = bodyBytes(options.body);
  const sent = request(url, {
    method: options.method ?? (bytes === undefined ? "GET" : "POST"),
    headers: headList(url, options, bytes?.length),
    agent: options.agent ?? false,
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  sent.end(bytes);
  return sent;
}

function bodyBytes(body: SendOptions["body"]): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

/** The head as Node wants it, names and values by turns; what the caller gives is never overridden. */
function headList(url: URL, { headers = [], body, agent }: SendOptions, length?: number): string[] {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const isJson = typeof body === "object" && !Buffer.isBuffer(body);
  const ours: [name: string, value: string][] = [["host", url.host]];
  if (agent === undefined) ours.push(["connection", "close"]);
  if (isJson) ours.push(["content-type", "application/json"]);
  if (length !== undefined && !given.has("transfer-encoding"))
    ours.push(["content-length", String(length)]);
  return [...ours.filter(([name]) => !given.has(name)), ...headers].flat();
}
