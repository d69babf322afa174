/** What the test model will do with one call: an ordinary echo, changed by each magic input in turn. */
import type { ErrorStatus } from "./api-error.ts";

export interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Interruption {
  /** `cut`: the connection is destroyed; `garbled`: bytes that are no events; `error`: an `error` event. */
  readonly kind: "cut" | "garbled" | "error";
  /** How many events are sent whole before it. */
  readonly afterEvents: number;
}

export interface Plan {
  /** Milliseconds before the first byte of the answer. */
  readonly delayMs: number;
  /** Milliseconds before each content delta of a stream. */
  readonly paceMs: number;
  /** Answer with this error and nothing else. */
  readonly refusal?: { readonly status: ErrorStatus; readonly retryAfterSeconds?: number };
  /** Begin with a thinking block. */
  readonly thinking: boolean;
  /** The text, one entry per delta; without it the last turn is echoed. */
  readonly deltas?: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  readonly interruption?: Interruption;
}

export const ordinaryPlan: Plan = { delayMs: 0, paceMs: 0, thinking: false, toolCalls: [] };
