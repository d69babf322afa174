/**
 * Ends an Anthropic stream between any two of its events, as the API itself ends one. Never by an `error` event:
 * Claude Code would ask again without streaming.
 */
import type { ReplyMessage } from "./reply-message.ts";
import { estimateTokens } from "./reply-usage.ts";

/**
 * No JSON continues like this, wherever it was left: inside a string the first quote ends it (escaped, the second),
 * and an exclamation mark stands outside.
 */
const NEVER_JSON = '"!"!';

/**
 * The events that end the reply after a text block that says why; empty when it has ended. An open text block is
 * closed. Every other open block is left open: clients that take blocks over as they close (Claude Code) then drop
 * it, and do not run half a tool call or send back thinking whose signature is missing. Clients that take over the
 * whole message (the SDKs' own accumulation) would complete the half JSON of a tool call and might run it; the
 * input is made unreadable for them, so that they fail instead.
 */
export function endingOf(message: ReplyMessage, why: string): Buffer {
  if (message.isComplete) return Buffer.alloc(0);
  const isStopped = message.stopReason !== null;
  const events = [
    ...(message.isStarted ? [] : [startOf(message)]),
    ...message.openBlocks.flatMap(({ index, type }) => endBlock(index, type)),
    ...(isStopped ? [] : textBlock(message.nextIndex, why)),
    ...(isStopped ? [] : [endTurn(message)]),
    { type: "message_stop" },
  ];
  return Buffer.from(
    events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""),
  );
}

interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

function endBlock(index: number, type: string): StreamEvent[] {
  if (type === "text") return [{ type: "content_block_stop", index }];
  if (!type.endsWith("tool_use")) return [];
  const delta = { type: "input_json_delta", partial_json: NEVER_JSON };
  return [{ type: "content_block_delta", index, delta }];
}

function textBlock(index: number, text: string): StreamEvent[] {
  return [
    { type: "content_block_start", index, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index, delta: { type: "text_delta", text } },
    { type: "content_block_stop", index },
  ];
}

function endTurn({ usage, textBytes }: ReplyMessage): StreamEvent {
  const output_tokens = Math.max(usage?.output ?? 0, estimateTokens(textBytes));
  return {
    type: "message_delta",
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: { output_tokens },
  };
}

function startOf({ model }: ReplyMessage): StreamEvent {
  return {
    type: "message_start",
    message: {
      id: "msg_ended",
      type: "message",
      role: "assistant",
      model: model ?? "",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    },
  };
}
