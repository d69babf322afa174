/** The content of an answer, made from the request and its plan alone: the same call gets the same answer. */
import { createHash } from "node:crypto";
import { type LastTurn, signThinking } from "./conversation.ts";
import type { MessagesRequest } from "./messages-request.ts";
import type { Plan, ToolCall } from "./plan.ts";
import { bytesOf, countInputTokens, tokensOf } from "./token-count.ts";

export type AnswerBlock =
  | { readonly type: "thinking"; readonly deltas: readonly string[]; readonly signature: string }
  | { readonly type: "text"; readonly deltas: readonly string[] }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly call: ToolCall;
      /** The call's input as JSON. */
      readonly deltas: readonly string[];
    };

export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: "end_turn" | "tool_use" | "max_tokens";
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly thinkingTokens: number;
}

const DELTA_CHARACTERS = 24;
const ECHO_CHARACTERS = 200;
const THOUGHT = "The user wants a deterministic answer, so I will give one.";

/** The answer to a call. Its output never counts more than `max_tokens`: what goes beyond is cut off. */
export function composeAnswer(request: MessagesRequest, plan: Plan, lastTurn: LastTurn): Answer {
  const digest = createHash("sha256").update(JSON.stringify(request)).digest("hex");
  const wanted = wantedBlocks(request, plan, { lastTurn, digest });
  const { blocks, bytes, cut } = cutToFit(wanted, bytesOf(request.max_tokens));
  const calls = blocks.some((block) => block.type === "tool_use");
  return {
    id: `msg_test_${digest.slice(0, 24)}`,
    model: request.model,
    blocks,
    stopReason: cut ? "max_tokens" : calls ? "tool_use" : "end_turn",
    inputTokens: countInputTokens(request),
    outputTokens: Math.max(1, tokensOf(bytes)),
    thinkingTokens: tokensOf(blocks[0]?.type === "thinking" ? byteLength(blocks[0]) : 0),
  };
}

function wantedBlocks(
  request: MessagesRequest,
  plan: Plan,
  { lastTurn, digest }: { lastTurn: LastTurn; digest: string },
): readonly AnswerBlock[] {
  const offersTools = (request.tools ?? []).length > 0;
  const calls = offersTools ? plan.toolCalls : [];
  const blocks: AnswerBlock[] = [];
  if (plan.thinking) {
    blocks.push({ type: "thinking", deltas: inPieces(THOUGHT), signature: signThinking(THOUGHT) });
  }
  if (calls.length === 0 || plan.deltas !== undefined) {
    const refused = plan.toolCalls.length > 0 && !offersTools;
    const text = refused ? "This request offers no tools, so none is called." : echo(lastTurn);
    blocks.push({ type: "text", deltas: plan.deltas ?? inPieces(text) });
  }
  calls.forEach((call, index) => {
    const id = `toolu_test_${digest.slice(0, 20)}${index.toString(16).padStart(4, "0")}`;
    blocks.push({ type: "tool_use", id, call, deltas: inPieces(JSON.stringify(call.input)) });
  });
  return blocks;
}

/** The last turn in short: each tool result on a line, else the last text block. */
function echo({ texts, toolResults }: LastTurn): string {
  if (toolResults.length === 0) return `You said: ${clip(texts.at(-1) ?? "nothing")}`;
  return toolResults
    .map(({ isError, text }) => `The tool ${isError ? "failed" : "answered"}: ${clip(text)}`)
    .join("\n");
}

function clip(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= ECHO_CHARACTERS) return trimmed;
  return `${trimmed.slice(0, ECHO_CHARACTERS).toWellFormed()}…`;
}

/** Text in deltas of a few characters; no pair of surrogates is ever parted. */
function inPieces(text: string): readonly string[] {
  return text.match(new RegExp(`.{1,${DELTA_CHARACTERS}}`, "gsu")) ?? [];
}

function byteLength(block: AnswerBlock): number {
  return block.deltas.reduce((sum, delta) => sum + Buffer.byteLength(delta), 0);
}

/** As many blocks as fit; text is cut inside a delta, a tool call is whole or absent. */
function cutToFit(
  blocks: readonly AnswerBlock[],
  maxBytes: number,
): { blocks: readonly AnswerBlock[]; bytes: number; cut: boolean } {
  const kept: AnswerBlock[] = [];
  let bytes = 0;
  for (const block of blocks) {
    const length = byteLength(block);
    if (bytes + length <= maxBytes) {
      kept.push(block);
      bytes += length;
      continue;
    }
    if (block.type === "text") {
      const part = { ...block, deltas: cutDeltas(block.deltas, maxBytes - bytes) };
      kept.push(part);
      bytes += byteLength(part);
    }
    return { blocks: kept, bytes, cut: true };
  }
  return { blocks: kept, bytes, cut: false };
}

function cutDeltas(deltas: readonly string[], maxBytes: number): readonly string[] {
  const kept: string[] = [];
  let room = maxBytes;
  for (const delta of deltas) {
    const length = Buffer.byteLength(delta);
    if (length > room) {
      const part = new TextDecoder().decode(Buffer.from(delta).subarray(0, room), { stream: true });
      return part === "" ? kept : [...kept, part];
    }
    kept.push(delta);
    room -= length;
  }
  return kept;
}
