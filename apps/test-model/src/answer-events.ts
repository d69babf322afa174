/** An answer in the two forms of the Anthropic API: one message, or the events that add up to it. */
import type {
  Message,
  MessageDeltaUsage,
  RawMessageStreamEvent,
  ToolUseBlock,
  Usage,
} from "@anthropic-ai/sdk/resources/messages";
import type { Answer, AnswerBlock } from "./answer.ts";

export type StreamEvent = RawMessageStreamEvent | { readonly type: "ping" };

/** Content deltas between two pings. */
const DELTAS_PER_PING = 50;

/** The answer as the body of a call without `stream`. */
export function toMessage(answer: Answer): Message {
  return {
    ...emptyMessage(answer),
    content: answer.blocks.map(contentBlock),
    stop_reason: answer.stopReason,
    usage: usage(answer, answer.outputTokens),
  };
}

/**
 * The answer as events: `message_start`, each block, `message_delta` with the usage, `message_stop`.
 * A ping follows the start of the first block and every fiftieth delta.
 */
export function* toEvents(answer: Answer): Generator<StreamEvent> {
  yield { type: "message_start", message: emptyMessage(answer) };
  let deltas = 0;
  for (const [index, block] of answer.blocks.entries()) {
    yield { type: "content_block_start", index, content_block: emptyBlock(block) };
    if (index === 0) yield { type: "ping" };
    for (const delta of deltasOf(block)) {
      yield { type: "content_block_delta", index, delta };
      deltas += 1;
      if (deltas % DELTAS_PER_PING === 0) yield { type: "ping" };
    }
    yield { type: "content_block_stop", index };
  }
  yield {
    type: "message_delta",
    delta: {
      container: null,
      stop_details: null,
      stop_reason: answer.stopReason,
      stop_sequence: null,
    },
    usage: deltaUsage(answer),
  };
  yield { type: "message_stop" };
}

function emptyMessage(answer: Answer): Message {
  return {
    id: answer.id,
    type: "message",
    role: "assistant",
    model: answer.model,
    content: [],
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: null,
    stop_sequence: null,
    usage: usage(answer, 1),
  };
}

function usage(answer: Answer, outputTokens: number): Usage {
  return {
    ...deltaUsage(answer),
    input_tokens: answer.inputTokens,
    output_tokens: outputTokens,
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
    inference_geo: null,
    service_tier: "standard",
    speed: null,
  };
}

function deltaUsage(answer: Answer): MessageDeltaUsage {
  return {
    input_tokens: answer.inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: answer.outputTokens,
    output_tokens_details: { thinking_tokens: answer.thinkingTokens },
    server_tool_use: null,
  };
}

function contentBlock(block: AnswerBlock): Message["content"][number] {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.deltas.join(""), citations: null };
    case "thinking":
      return { type: "thinking", thinking: block.deltas.join(""), signature: block.signature };
    case "tool_use":
      return toolUse(block, block.call.input);
  }
}

function emptyBlock(block: AnswerBlock): Message["content"][number] {
  switch (block.type) {
    case "text":
      return { type: "text", text: "", citations: null };
    case "thinking":
      return { type: "thinking", thinking: "", signature: "" };
    case "tool_use":
      return toolUse(block, {});
  }
}

function toolUse(
  block: Extract<AnswerBlock, { type: "tool_use" }>,
  input: ToolUseBlock["input"],
): ToolUseBlock {
  return {
    type: "tool_use",
    id: block.id,
    name: block.call.name,
    input,
    caller: { type: "direct" },
  };
}

type Delta = Extract<RawMessageStreamEvent, { type: "content_block_delta" }>["delta"];

function* deltasOf(block: AnswerBlock): Generator<Delta> {
  switch (block.type) {
    case "text":
      for (const text of block.deltas) yield { type: "text_delta", text };
      return;
    case "thinking":
      for (const thinking of block.deltas) yield { type: "thinking_delta", thinking };
      yield { type: "signature_delta", signature: block.signature };
      return;
    case "tool_use":
      yield { type: "input_json_delta", partial_json: "" };
      for (const partial_json of block.deltas) yield { type: "input_json_delta", partial_json };
  }
}
