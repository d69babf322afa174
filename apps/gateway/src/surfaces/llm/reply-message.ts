/** Puts the events of a streamed reply together again, and knows at any time what the client has of it. */
import { parseData } from "./event-stream.ts";
import { field, textField } from "./field.ts";
import { merge, readUsage, type UsageReport } from "./reply-usage.ts";

/** What a record keeps of a reply's text at most. */
export const KEPT_BYTES_MAX = 1024 * 1024;

/** The beginning of every delta event, as providers write it: told apart without parsing. */
const DELTA = /^\{\s*"type"\s*:\s*"content_block_delta"/;
/** A signature is not of the model's own tokens. */
const SIGNATURE = '"signature_delta"';
/** A delta's JSON around its text, roughly. */
const DELTA_FRAME_BYTES = 85;

interface Block {
  readonly index: number;
  readonly type: string;
  /** As the stream opened it. */
  readonly start: object;
  isOpen: boolean;
}

export class ReplyMessage {
  model: string | null = null;
  stopReason: string | null = null;
  isStarted = false;
  isComplete = false;
  /** The provider gave up in the middle and said so. */
  isFailed = false;
  usage: UsageReport | null = null;
  #reported: object = {};
  /** Bytes of the reply's text so far, roughly. */
  textBytes = 0;
  #head: object = {};
  #stopSequence: unknown = null;
  readonly #blocks = new Map<number, Block>();
  readonly #keeps: boolean;
  readonly #deltas: string[] = [];
  #keptBytes = 0;

  /** `keeps`: whether the text is wanted in the end. */
  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  /** The blocks that the client has only in part, in order. */
  get openBlocks(): readonly Pick<Block, "index" | "type">[] {
    return [...this.#blocks.values()].filter((block) => block.isOpen);
  }

  /** The index a further block would have. */
  get nextIndex(): number {
    return Math.max(-1, ...this.#blocks.keys()) + 1;
  }

  /** Takes the data of one event; what is not understood is let pass. */
  take(data: string): void {
    if (DELTA.test(data)) {
      this.#takeDelta(data);
      return;
    }
    const event = parseData(data);
    switch (field(event, "type")) {
      case "message_start":
        this.#start(field(event, "message"));
        break;
      case "content_block_start":
        this.#open(field(event, "index"), field(event, "content_block"));
        break;
      case "content_block_delta":
        this.#takeDelta(data);
        break;
      case "content_block_stop":
        this.#close(field(event, "index"));
        break;
      case "message_delta":
        this.stopReason = textField(field(event, "delta"), "stop_reason") ?? this.stopReason;
        this.#stopSequence = field(field(event, "delta"), "stop_sequence") ?? null;
        this.#report(field(event, "usage"));
        break;
      case "message_stop":
        this.isComplete = true;
        break;
      case "error":
        this.isFailed = true;
        break;
    }
  }

  /** The message as far as it came, as the API gives it in one piece; null when nothing was kept. */
  assemble(): object | null {
    if (!this.#keeps || !this.isStarted) return null;
    const texts = this.#readDeltas();
    const content = [...this.#blocks.values()].map(({ index, start }) => ({
      ...start,
      ...texts.get(index)?.members(),
    }));
    return {
      ...this.#head,
      content,
      stop_reason: this.stopReason,
      stop_sequence: this.#stopSequence,
      usage: this.#reported,
      ...(this.#keptBytes > KEPT_BYTES_MAX ? { truncated: true } : {}),
    };
  }

  #start(message: unknown): void {
    this.isStarted = true;
    if (typeof message === "object" && message !== null) this.#head = message;
    this.model = textField(message, "model");
    this.#report(field(message, "usage"));
  }

  #report(usage: unknown): void {
    this.usage = merge(this.usage, readUsage(usage));
    if (typeof usage !== "object" || usage === null) return;
    const said = Object.entries(usage).filter(([, value]) => value !== null);
    this.#reported = { ...this.#reported, ...Object.fromEntries(said) };
  }

  #open(index: unknown, start: unknown): void {
    if (typeof index !== "number" || typeof start !== "object" || start === null) return;
    const type = textField(start, "type") ?? "";
    this.#blocks.set(index, { index, type, start, isOpen: true });
  }

  #close(index: unknown): void {
    const block = typeof index === "number" ? this.#blocks.get(index) : undefined;
    if (block !== undefined) block.isOpen = false;
  }

  #takeDelta(data: string): void {
    if (!data.includes(SIGNATURE)) this.textBytes += Math.max(0, data.length - DELTA_FRAME_BYTES);
    this.#keptBytes += data.length;
    if (this.#keeps && this.#keptBytes <= KEPT_BYTES_MAX) this.#deltas.push(data);
  }

  #readDeltas(): ReadonlyMap<number, BlockText> {
    const texts = new Map<number, BlockText>();
    for (const data of this.#deltas) {
      const event = parseData(data);
      const index = field(event, "index");
      if (typeof index !== "number") continue;
      const text = texts.get(index) ?? new BlockText();
      texts.set(index, text);
      text.add(field(event, "delta"));
    }
    return texts;
  }
}

/** The deltas of one block, joined. */
class BlockText {
  /** By name of the member they build. */
  readonly #texts = new Map<string, string>();
  readonly #citations: unknown[] = [];

  add(delta: unknown): void {
    for (const name of ["text", "thinking", "partial_json", "signature"]) {
      const piece = textField(delta, name);
      if (piece !== null) this.#texts.set(name, (this.#texts.get(name) ?? "") + piece);
    }
    const citation = field(delta, "citation");
    if (citation !== undefined) this.#citations.push(citation);
  }

  members(): object {
    const { partial_json: json, ...members } = Object.fromEntries(this.#texts);
    return {
      ...members,
      ...(json === undefined || json === "" ? {} : { input: parsed(json) }),
      ...(this.#citations.length === 0 ? {} : { citations: this.#citations }),
    };
  }
}

/** A tool call's input; half of one is kept as the text it is. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
