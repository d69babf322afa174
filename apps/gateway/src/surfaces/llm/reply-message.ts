/** Puts the events of a streamed reply together again: the message as it would have come in one piece. */
import { z } from "zod";
import { readData } from "./event-stream.ts";

/** What a stream may hold before we stop keeping its text. */
const KEPT_BYTES_MAX = 1024 * 1024;

const count = z.number().int().nonnegative();
const usage = z.looseObject({
  input_tokens: count.nullish(),
  output_tokens: count.nullish(),
  cache_read_input_tokens: count.nullish(),
  cache_creation_input_tokens: count.nullish(),
  cache_creation: z.looseObject({ ephemeral_1h_input_tokens: count.nullish() }).nullish(),
});
export type ProviderUsage = z.output<typeof usage>;

const block = z.looseObject({ type: z.string() });
export type Block = z.output<typeof block>;

const event = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("message_start"),
    message: z.looseObject({
      id: z.string().optional(),
      model: z.string().optional(),
      usage: usage.optional(),
    }),
  }),
  z.looseObject({ type: z.literal("content_block_start"), index: count, content_block: block }),
  z.looseObject({ type: z.literal("content_block_stop"), index: count }),
  z.looseObject({
    type: z.literal("message_delta"),
    delta: z.looseObject({ stop_reason: z.string().nullish() }).optional(),
    usage: usage.optional(),
  }),
  z.looseObject({ type: z.literal("message_stop") }),
]);

const delta = z.looseObject({
  index: count,
  delta: z.looseObject({
    type: z.string(),
    text: z.string().optional(),
    partial_json: z.string().optional(),
    thinking: z.string().optional(),
    signature: z.string().optional(),
  }),
});

/** Parses the usage of a reply that came in one piece. */
export function readUsage(value: unknown): ProviderUsage | null {
  const parsed = usage.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The beginning of every delta event, as providers write it: told apart without parsing. */
const DELTA = /^\{\s*"type"\s*:\s*"content_block_delta"/;
/** A delta's JSON around its text, roughly. */
const DELTA_FRAME_BYTES = 85;

export class ReplyMessage {
  id: string | null = null;
  model: string | null = null;
  stopReason: string | null = null;
  isStarted = false;
  isComplete = false;
  usage: ProviderUsage = {};
  /** Characters of the reply seen so far, roughly; for an estimate should the stream be cut. */
  deltaBytes = 0;
  #head: Readonly<Record<string, unknown>> = {};
  readonly #blocks = new Map<number, Block>();
  readonly #open = new Set<number>();
  #deltas: string[] = [];
  #keptBytes = 0;
  readonly #keeps: boolean;

  /** `keeps`: whether the text is wanted in the end. */
  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  /** The block that is open, if one is. */
  get openBlock(): { readonly index: number; readonly type: string } | null {
    for (const index of this.#open) return { index, type: this.#blocks.get(index)?.type ?? "" };
    return null;
  }

  /** Index that a further block would have. */
  get nextIndex(): number {
    return Math.max(-1, ...this.#blocks.keys()) + 1;
  }

  /** Takes the data of one event; what is not understood is let pass. */
  take(data: string): void {
    if (DELTA.test(data)) {
      this.deltaBytes += Math.max(0, data.length - DELTA_FRAME_BYTES);
      this.#keep(data);
      return;
    }
    const parsed = event.safeParse(parseJson(readData(data)));
    if (parsed.success) this.#apply(parsed.data);
  }

  /** The whole message as it stands; null when nothing was kept of it. */
  assemble(): object | null {
    if (!this.#keeps || !this.isStarted) return null;
    const texts = new Map<number, string>();
    for (const data of this.#deltas) {
      const parsed = delta.safeParse(parseJson(readData(data)));
      if (!parsed.success) continue;
      const { index, delta: piece } = parsed.data;
      const text = piece.text ?? piece.partial_json ?? piece.thinking ?? "";
      texts.set(index, (texts.get(index) ?? "") + text);
      if (piece.signature !== undefined) this.#sign(index, piece.signature);
    }
    const content = [...this.#blocks]
      .sort(([a], [b]) => a - b)
      .map(([index, start]) => fill(start, texts.get(index) ?? ""));
    return { ...this.#head, content, stop_reason: this.stopReason, usage: this.usage };
  }

  #apply(data: z.output<typeof event>): void {
    switch (data.type) {
      case "message_start":
        this.isStarted = true;
        this.#head = data.message;
        this.id = data.message.id ?? null;
        this.model = data.message.model ?? null;
        this.usage = data.message.usage ?? {};
        break;
      case "content_block_start":
        this.#blocks.set(data.index, data.content_block);
        this.#open.add(data.index);
        break;
      case "content_block_stop":
        this.#open.delete(data.index);
        break;
      case "message_delta":
        this.stopReason = data.delta?.stop_reason ?? this.stopReason;
        this.usage = { ...this.usage, ...present(data.usage ?? {}) };
        break;
      case "message_stop":
        this.isComplete = true;
        break;
      default:
        data satisfies never;
    }
  }

  #keep(data: string): void {
    if (!this.#keeps || this.#keptBytes > KEPT_BYTES_MAX) return;
    this.#keptBytes += data.length;
    this.#deltas.push(data);
  }

  #sign(index: number, signature: string): void {
    const start = this.#blocks.get(index);
    if (start !== undefined) this.#blocks.set(index, { ...start, signature });
  }
}

function fill(start: Block, text: string): object {
  switch (start.type) {
    case "text":
      return { ...start, text };
    case "thinking":
      return { ...start, thinking: text };
    case "tool_use":
    case "server_tool_use":
      // Half a tool call is kept as the text it is.
      return { ...start, input: text === "" ? {} : (parseJson(text) ?? text) };
    default:
      return start;
  }
}

/** The members that are not null: a later report without a number does not take back an earlier one. */
function present(report: ProviderUsage): ProviderUsage {
  return Object.fromEntries(
    Object.entries(report).filter(([, value]) => value !== null && value !== undefined),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
