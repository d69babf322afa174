/** Well-formed answers of the fake upstream, in the Anthropic Messages form or of any bytes at all. */
import type { OutgoingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "./upstream-exchange.ts";

export interface MessageContent {
  /** Model named in the answer; without it the one the request named. */
  readonly model?: string;
  /** The text, one entry per `text_delta`. */
  readonly deltas?: readonly string[];
  /** A tool call that follows the text. */
  readonly toolCall?: { readonly id: string; readonly name: string; readonly input: object };
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Milliseconds before each delta of a stream. */
  readonly paceMs?: number;
}

/** These bytes with this status and these headers, and no other header but `date` and `connection`. */
export function bytesReply(
  status: number,
  headers: OutgoingHttpHeaders,
  bytes: Buffer | string,
): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.sendHead(status, { "content-length": Buffer.byteLength(bytes), ...headers });
    exchange.end(bytes);
  };
}

/** A value as JSON. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): Reply {
  const all = { "content-type": "application/json", ...headers };
  return bytesReply(status, all, JSON.stringify(value));
}

/** An error in Anthropic's shape, for example `errorReply(529, "overloaded_error", "Overloaded")`. */
export function errorReply(
  status: number,
  type: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): Reply {
  return jsonReply(status, { type: "error", error: { type, message } }, headers);
}

/**
 * A model provider that works: `POST /v1/messages` gets a message, as one JSON body or as events, whichever
 * it asks for; `count_tokens` and `GET /v1/models` their own; any other path a 404.
 */
export function anthropicReply(content: MessageContent = {}): Reply {
  const { model = "claude-test", inputTokens = DEFAULT_INPUT_TOKENS } = content;
  const models = [
    { type: "model", id: model, display_name: model, created_at: "2026-01-01T00:00:00Z" },
  ];
  const replies: Readonly<Record<string, Reply>> = {
    "POST /v1/messages": messageReply(content),
    "POST /v1/messages/count_tokens": jsonReply(200, { input_tokens: inputTokens }),
    "GET /v1/models": jsonReply(200, {
      data: models,
      has_more: false,
      first_id: model,
      last_id: model,
    }),
  };
  const notFound = errorReply(404, "not_found_error", "Not found");
  return (exchange) => {
    const { method, target } = exchange.request;
    const [path] = target.split("?");
    return (replies[`${method} ${path}`] ?? notFound)(exchange);
  };
}

function messageReply(content: MessageContent): Reply {
  return async (exchange) => {
    const { model, stream } = readMessagesBody(await exchange.readBody());
    const asked = { model, ...content };
    const reply = stream
      ? eventsReply([...anthropicEvents(asked)], content.paceMs)
      : jsonReply(200, anthropicMessage(asked));
    await reply(exchange);
  };
}

/** These events as a server-sent stream; each waits until the reader has room, deltas also for their pace. */
export function eventsReply(events: readonly StreamEvent[], paceMs = 0): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.sendHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const event of events) {
      const waits = paceMs > 0 && event.type === "content_block_delta";
      if (waits) await sleep(paceMs, undefined, { signal: exchange.signal });
      await exchange.write(encodeEvent(event));
    }
    exchange.end();
  };
}

/** One event of a stream: its type and whatever belongs to it. */
export interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** An event in the bytes of a server-sent stream. */
export function encodeEvent(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** The events that make up a message. */
export function* anthropicEvents(content: MessageContent): Generator<StreamEvent> {
  const { toolCall, deltas = DEFAULT_DELTAS } = content;
  const usage = usageOf(content);
  yield {
    type: "message_start",
    message: {
      ...anthropicMessage(content),
      content: [],
      stop_reason: null,
      usage: { ...usage, output_tokens: 1 },
    },
  };
  yield { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
  yield { type: "ping" };
  for (const text of deltas) {
    yield { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } };
  }
  yield { type: "content_block_stop", index: 0 };
  if (toolCall !== undefined) {
    const { id, name, input } = toolCall;
    const delta = { type: "input_json_delta", partial_json: JSON.stringify(input) };
    const content_block = { type: "tool_use", id, name, input: {} };
    yield { type: "content_block_start", index: 1, content_block };
    yield { type: "content_block_delta", index: 1, delta };
    yield { type: "content_block_stop", index: 1 };
  }
  const delta = { stop_reason: stopReason(content), stop_sequence: null };
  yield { type: "message_delta", delta, usage };
  yield { type: "message_stop" };
}

/** The same message as the body of a call without `stream`. */
export function anthropicMessage(content: MessageContent): object {
  const { toolCall, deltas = DEFAULT_DELTAS, model = "claude-test" } = content;
  return {
    id: "msg_upstream",
    type: "message",
    role: "assistant",
    model,
    content: [
      { type: "text", text: deltas.join("") },
      ...(toolCall === undefined ? [] : [{ type: "tool_use", ...toolCall }]),
    ],
    stop_reason: stopReason(content),
    stop_sequence: null,
    usage: usageOf(content),
  };
}

const DEFAULT_INPUT_TOKENS = 10;
const DEFAULT_DELTAS: readonly string[] = ["Hello", " from", " upstream"];

function stopReason({ toolCall }: MessageContent): string {
  return toolCall === undefined ? "end_turn" : "tool_use";
}

function usageOf({ inputTokens = DEFAULT_INPUT_TOKENS, outputTokens = 5 }: MessageContent) {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
  };
}

/** Throws when the gateway sent on a body that is no Messages call: the test must learn of it. */
function readMessagesBody(bytes: Buffer): { model: string; stream: boolean } {
  const body: unknown = JSON.parse(bytes.toString("utf8"));
  if (typeof body !== "object" || body === null || !("model" in body)) {
    throw new Error("the upstream received a body without a model");
  }
  return { model: String(body.model), stream: "stream" in body && body.stream === true };
}
