/** Watches a provider's reply as it passes: what it cost, how to end it, and what the record keeps of it. */
import { readJson } from "@yolo/inspect/json";
import { redactJson } from "@yolo/inspect/redact";
import type { Usage } from "@yolo/ledger/outcome";
import type { Tap } from "../../upstream/relay.ts";
import { bytesToEventEnd, createEventStream } from "./event-stream.ts";
import { type ProviderUsage, ReplyMessage, readUsage } from "./reply-message.ts";
import { endingOf } from "./stream-ending.ts";

export interface ReplyTap extends Tap {
  /** Null when the reply reported none and none can be estimated. */
  usage(): Usage | null;
  /** The reply for the record, as JSON, secrets replaced; null when nothing is kept. */
  captured(): Uint8Array | null;
}

export interface ReplyTapOptions {
  readonly status: number;
  readonly contentType: string;
  /** The model that was asked for, should the reply not name one. */
  readonly model: string;
  /** Whether the record keeps the reply. */
  readonly capture: boolean;
}

export function tapReply(options: ReplyTapOptions): ReplyTap {
  return options.contentType.startsWith("text/event-stream")
    ? tapStream(options)
    : tapWhole(options);
}

function tapStream({ model, capture }: ReplyTapOptions): ReplyTap {
  const events = createEventStream();
  const message = new ReplyMessage(capture);
  return {
    chunk(bytes) {
      for (const data of events.push(bytes)) message.take(data);
    },
    ending: (why) => (events.isInsideEvent() ? "inside_event" : endingOf(message, why)),
    bytesToEventEnd,
    usage() {
      if (!message.isStarted) return null;
      const reported = message.stopReason !== null;
      return usageOf(message.usage, message.model ?? model, reported ? null : message.deltaBytes);
    },
    captured: () => redacted(message.assemble()),
  };
}

/** Replies in one piece that are larger are relayed and not read. */
const WHOLE_BYTES_MAX = 8 * 1024 * 1024;
const CAPTURED_BYTES_MAX = 1024 * 1024;

function tapWhole({ status, model, capture }: ReplyTapOptions): ReplyTap {
  let chunks: Buffer[] = [];
  let length = 0;
  return {
    chunk(bytes) {
      length += bytes.length;
      if (length <= WHOLE_BYTES_MAX) chunks.push(bytes);
      else chunks = [];
    },
    ending: () => null,
    bytesToEventEnd: () => 0,
    usage() {
      if (status >= 400) return null;
      const body = readObject(chunks);
      const usage = body === null ? undefined : body.members.get("usage");
      const report =
        body === null || usage === undefined ? null : readUsage(body.parse(usage.value));
      if (body === null || report === null) return null;
      const named = body.members.get("model");
      const name = named === undefined ? null : body.parse(named.value);
      return usageOf(report, typeof name === "string" ? name : model, null);
    },
    captured() {
      if (!capture || length > CAPTURED_BYTES_MAX) return null;
      const body = readObject(chunks);
      return body === null ? null : redactJson(body.bytes, body).bytes;
    },
  };
}

/** A reply that is not JSON is relayed all the same; the record then keeps nothing of it. */
function readObject(chunks: readonly Buffer[]): ReturnType<typeof readJson> | null {
  const [first] = chunks;
  if (first === undefined) return null;
  try {
    const document = readJson(chunks.length === 1 ? first : Buffer.concat(chunks));
    return document.kind === "object" ? document : null;
  } catch {
    return null;
  }
}

function redacted(message: object | null): Uint8Array | null {
  if (message === null) return null;
  const bytes = Buffer.from(JSON.stringify(message));
  return redactJson(bytes, readJson(bytes)).bytes;
}

/** Characters of English and code to a token, roughly. */
const BYTES_PER_TOKEN = 4;

function usageOf(report: ProviderUsage, model: string, deltaBytes: number | null): Usage {
  const cacheReadTokens = report.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = report.cache_creation_input_tokens ?? 0;
  const estimate = deltaBytes === null ? 0 : Math.ceil(deltaBytes / BYTES_PER_TOKEN);
  return {
    model,
    inputTokens: (report.input_tokens ?? 0) + cacheReadTokens + cacheWriteTokens,
    outputTokens: Math.max(report.output_tokens ?? 0, estimate),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteHourTokens: report.cache_creation?.ephemeral_1h_input_tokens ?? 0,
    metering: deltaBytes === null ? "reported" : "estimated",
  };
}
