/** Watches a provider's reply as it passes: what it cost, how to end it, and what the record keeps of it. */
import { withoutSecrets } from "@yolo/inspect/redact";
import type { Usage } from "@yolo/ledger/outcome";
import type { Tap } from "../../upstream/relay.ts";
import { EventStream } from "./event-stream.ts";
import { field, textField } from "./field.ts";
import { ReplyMessage } from "./reply-message.ts";
import { readUsage, usageOf } from "./reply-usage.ts";
import { endingOf } from "./stream-ending.ts";

export interface ReplyTap extends Tap {
  /** Whether a reply that began well and came to its end is none: it said so, or it is not whole. */
  failed(): boolean;
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
  return options.contentType.toLowerCase().startsWith("text/event-stream")
    ? new StreamTap(options)
    : new WholeTap(options);
}

class StreamTap implements ReplyTap {
  readonly #events = new EventStream();
  readonly #message: ReplyMessage;
  readonly #model: string;
  readonly #take: (data: string) => void;

  constructor({ model, capture }: ReplyTapOptions) {
    this.#model = model;
    const message = new ReplyMessage(capture);
    this.#message = message;
    this.#take = (data) => message.take(data);
  }

  chunk(bytes: Buffer): void {
    this.#events.push(bytes, this.#take);
  }

  ending(why: string): Buffer | "inside_event" {
    return this.#events.isInsideEvent ? "inside_event" : endingOf(this.#message, why);
  }

  bytesToEventEnd(bytes: Buffer): number {
    return this.#events.bytesToEventEnd(bytes);
  }

  failed(): boolean {
    const { isFailed, isStarted, isComplete } = this.#message;
    return isFailed || (isStarted && !isComplete);
  }

  usage(): Usage | null {
    const { usage, model, stopReason, textBytes } = this.#message;
    if (usage === null) return null;
    return usageOf(usage, model ?? this.#model, stopReason === null ? textBytes : null);
  }

  captured(): Uint8Array | null {
    const message = this.#message.assemble();
    return message === null ? null : withoutSecrets(Buffer.from(JSON.stringify(message)));
  }
}

/** Replies in one piece that are larger are relayed and not read. */
export const WHOLE_BYTES_MAX = 8 * 1024 * 1024;
/** Larger ones are read for their usage, but the record keeps nothing of them. */
export const CAPTURED_BYTES_MAX = 1024 * 1024;

class WholeTap implements ReplyTap {
  readonly #options: ReplyTapOptions;
  #chunks: Buffer[] = [];
  #length = 0;
  #body: unknown;

  constructor(options: ReplyTapOptions) {
    this.#options = options;
  }

  chunk(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length <= WHOLE_BYTES_MAX) this.#chunks.push(bytes);
    else this.#chunks = [];
  }

  /** Half a JSON value cannot be ended. */
  ending(): null {
    return null;
  }

  bytesToEventEnd(): number {
    return 0;
  }

  failed(): boolean {
    const { status, contentType } = this.#options;
    const isUnread = status >= 400 || this.#length > WHOLE_BYTES_MAX;
    return !isUnread && /^application\/json\b/i.test(contentType) && this.#read() === undefined;
  }

  usage(): Usage | null {
    if (this.#options.status >= 400) return null;
    const body = this.#read();
    const usage = readUsage(field(body, "usage"));
    return usage === null
      ? null
      : usageOf(usage, textField(body, "model") ?? this.#options.model, null);
  }

  /** A reply that is no JSON is relayed all the same; the record then keeps nothing of it. */
  captured(): Uint8Array | null {
    const isKept = this.#options.capture && this.#length <= CAPTURED_BYTES_MAX;
    if (!isKept || this.#read() === undefined) return null;
    return withoutSecrets(this.#bytes());
  }

  #read(): unknown {
    if (this.#body === undefined && this.#chunks.length > 0) {
      this.#body = parsed(this.#bytes().toString());
    }
    return this.#body;
  }

  #bytes(): Buffer {
    const [first] = this.#chunks;
    if (first === undefined || this.#chunks.length > 1)
      this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
