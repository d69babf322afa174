/**
 * What was said in a captured request or reply, as turns of a conversation. Nothing of it is trusted: what is not of
 * the known forms is shown as JSON, and long text is cut.
 */
import { z } from "zod";

/** Of one block's text. */
const TEXT_MAX = 20_000;
/** Of a payload: far more than an agent adds in one call. */
const TURNS_MAX = 200;
const BLOCKS_MAX = 200;

const Block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string(), cut: z.boolean() }),
  z.strictObject({ type: z.literal("thinking"), text: z.string(), cut: z.boolean() }),
  z.strictObject({
    type: z.literal("tool_use"),
    /** The client's reference of this call. */
    id: z.string().nullable(),
    name: z.string(),
    /** JSON. */
    text: z.string(),
    cut: z.boolean(),
  }),
  z.strictObject({
    type: z.literal("tool_result"),
    id: z.string().nullable(),
    isError: z.boolean(),
    text: z.string(),
    cut: z.boolean(),
  }),
  /** Anything else, as JSON. */
  z.strictObject({ type: z.literal("other"), text: z.string(), cut: z.boolean() }),
]);
type Block = z.output<typeof Block>;

export const Turn = z.strictObject({ role: z.string(), blocks: z.array(Block) });
type Turn = z.output<typeof Turn>;

const message = z.looseObject({ role: z.string(), content: z.unknown() });
const request = z.looseObject({ messages: z.array(z.unknown()) });
/** As the gateway captures it: the new turns stand beside the arguments that were decided on. */
const captured = z.looseObject({ body: request });

/** Null when it is no conversation: it can only be shown as it is. */
export function turnsOf(content: string): Turn[] | null {
  const json = parse(content);
  const inCapture = captured.safeParse(json);
  const asRequest = request.safeParse(inCapture.success ? inCapture.data.body : json);
  if (asRequest.success) return asRequest.data.messages.slice(-TURNS_MAX).map(turnOf);
  const asReply = message.safeParse(json);
  return asReply.success ? [turnOf(asReply.data)] : null;
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function turnOf(value: unknown): Turn {
  const parsed = message.safeParse(value);
  if (!parsed.success) return { role: "unknown", blocks: [other(value)] };
  const { role, content } = parsed.data;
  if (typeof content === "string") return { role, blocks: [{ type: "text", ...cut(content) }] };
  const blocks = Array.isArray(content) ? content.slice(0, BLOCKS_MAX).map(blockOf) : [];
  return { role, blocks };
}

const text = z.looseObject({ type: z.literal("text"), text: z.string() });
const thinking = z.looseObject({ type: z.literal("thinking"), thinking: z.string() });
const toolUse = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string().optional(),
  name: z.string(),
  input: z.unknown(),
});
const toolResult = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string().optional(),
  content: z.unknown(),
  is_error: z.boolean().optional(),
});
const known = z.discriminatedUnion("type", [text, thinking, toolUse, toolResult]);

function blockOf(value: unknown): Block {
  const parsed = known.safeParse(value);
  if (!parsed.success) return other(value);
  const block = parsed.data;
  switch (block.type) {
    case "text":
      return { type: "text", ...cut(block.text) };
    case "thinking":
      return { type: "thinking", ...cut(block.thinking) };
    case "tool_use":
      return { type: "tool_use", id: block.id ?? null, name: block.name, ...asJson(block.input) };
    case "tool_result":
      return {
        ...{ type: "tool_result", id: block.tool_use_id ?? null },
        ...{ isError: block.is_error ?? false, ...cut(resultText(block.content)) },
      };
  }
}

/** The text of a tool's result; whatever else it holds as JSON. */
function resultText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return JSON.stringify(content) ?? "";
  const parts = content.map((part) => {
    const parsed = text.safeParse(part);
    return parsed.success ? parsed.data.text : JSON.stringify(part);
  });
  return parts.join("\n");
}

function other(value: unknown): Block {
  return { type: "other", ...asJson(value) };
}

function asJson(value: unknown) {
  return cut(JSON.stringify(value, null, 2) ?? "");
}

function cut(whole: string): { readonly text: string; readonly cut: boolean } {
  return { text: whole.slice(0, TEXT_MAX), cut: whole.length > TEXT_MAX };
}
