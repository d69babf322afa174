/**
 * Ends an Anthropic stream in the middle of anything, well-formed: never by an `error` event, which makes Claude
 * Code ask again without streaming, but as the API itself ends a reply that was cut short.
 */
import type { ReplyMessage } from "./reply-message.ts";

/**
 * The events that end the reply, after a text block that says why. A tool call that is open is closed as the API
 * closes one at its token limit (`stop_reason: max_tokens`): its JSON is incomplete and no client runs it.
 */
export function endingOf(message: ReplyMessage, why: string): Buffer {
  if (message.isComplete) return Buffer.alloc(0);
  const events: object[] = [];
  if (!message.isStarted) events.push(startOf(message));
  const open = message.openBlock;
  if (open !== null) events.push({ type: "content_block_stop", index: open.index });
  const isInsideTool = open?.type === "tool_use";
  const index = message.nextIndex;
  if (message.stopReason === null) {
    events.push(
      { type: "content_block_start", index, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index, delta: { type: "text_delta", text: why } },
      { type: "content_block_stop", index },
      {
        type: "message_delta",
        delta: { stop_reason: isInsideTool ? "max_tokens" : "end_turn", stop_sequence: null },
        usage: { output_tokens: message.usage.output_tokens ?? 0 },
      },
    );
  }
  events.push({ type: "message_stop" });
  return Buffer.from(events.map(encode).join(""));
}

function startOf(message: ReplyMessage): object {
  return {
    type: "message_start",
    message: {
      id: "msg_ended",
      type: "message",
      role: "assistant",
      model: message.model ?? "",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    },
  };
}

function encode(event: object & { readonly type?: unknown }): string {
  return `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;
}
