/** What the test model reads from a conversation, and the two ways in which a history can be broken. */
import { createHash } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { ContentBlock, Message, MessagesRequest } from "./messages-request.ts";

interface ToolResult {
  readonly isError: boolean;
  readonly text: string;
}

/** What the last user message says. */
export interface LastTurn {
  /** Its text blocks, in order. */
  readonly texts: readonly string[];
  readonly toolResults: readonly ToolResult[];
}

interface Turn {
  readonly role: "user" | "assistant";
  readonly blocks: readonly ContentBlock[];
}

/** The last message whose role is `user`; `system` messages may follow it. */
export function readLastTurn(request: MessagesRequest): LastTurn {
  const last = request.messages.findLast((message) => message.role === "user");
  const blocks = last === undefined ? [] : blocksOf(last);
  return {
    texts: blocks.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : [])),
    toolResults: blocks.flatMap((block) =>
      block.type === "tool_result"
        ? [{ isError: block.is_error === true, text: toolResultText(block.content) }]
        : [],
    ),
  };
}

/**
 * Throws 400 where the Anthropic API would: a tool call without its result in the next turn, a result
 * without its call in the turn before, a thinking block whose signature does not fit its text.
 */
export function checkHistory(request: MessagesRequest): void {
  const turns = toTurns(request.messages);
  turns.forEach((turn, index) => {
    for (const block of turn.blocks) checkSignature(block);
    const next = turns[index + 1];
    if (turn.role === "assistant" && next !== undefined) checkCallsAnswered(turn, next);
    if (turn.role === "user") checkResultsAsked(turn, turns[index - 1]);
  });
}

/** The signature of a thinking block: the test model accepts its own and no other. */
export function signThinking(thinking: string): string {
  return createHash("sha512").update(`test-model thinking\n${thinking}`).digest("base64");
}

/** `system` messages stand between turns, neighbours of one role make one turn. */
function toTurns(messages: readonly Message[]): readonly Turn[] {
  const turns: { role: "user" | "assistant"; blocks: ContentBlock[] }[] = [];
  for (const message of messages) {
    if (message.role === "system") continue;
    const current = turns.at(-1);
    if (current?.role === message.role) current.blocks.push(...blocksOf(message));
    else turns.push({ role: message.role, blocks: [...blocksOf(message)] });
  }
  return turns;
}

function blocksOf(message: Message): readonly ContentBlock[] {
  return typeof message.content === "string"
    ? [{ type: "text", text: message.content }]
    : message.content;
}

function toolResultText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part ? String(part.text) : "",
    )
    .join("");
}

function idsOf(turn: Turn | undefined, type: "tool_use" | "tool_result"): readonly string[] {
  const blocks = turn?.blocks.filter((block) => block.type === type) ?? [];
  return blocks.map((block) => (type === "tool_use" ? block.id : block.tool_use_id) ?? "");
}

function checkCallsAnswered(turn: Turn, next: Turn): void {
  const answered = idsOf(next, "tool_result");
  const missing = idsOf(turn, "tool_use").filter((id) => !answered.includes(id));
  if (missing.length === 0) return;
  const ids = missing.join(", ");
  throw new ApiError(
    400,
    `messages: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}`,
  );
}

function checkResultsAsked(turn: Turn, previous: Turn | undefined): void {
  const asked = idsOf(previous, "tool_use");
  const unasked = idsOf(turn, "tool_result").filter((id) => !asked.includes(id));
  if (unasked.length === 0) return;
  throw new ApiError(
    400,
    `messages: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unasked.join(", ")}`,
  );
}

function checkSignature(block: ContentBlock): void {
  if (block.type !== "thinking" || block.signature === signThinking(block.thinking ?? "")) return;
  throw new ApiError(400, "messages: Invalid `signature` in `thinking` block");
}
