/** A coding agent's conversation of about 100 KB: system prompt, tools, and many turns of text and tool results. */
import { NUMBER } from "../request.ts";
import { TextSource } from "./text-source.ts";

const BYTES = 100_000;
/** Where a session of many turns begins, so that its turns have 100 KB on average. */
const FIRST_TURN_BYTES = 90_000;
/** Calls of one session; each but the first resends everything and adds one short exchange. */
const TURNS = 25;
const MODEL = "claude-sonnet-4-5";
const TOOLS = ["Bash", "Read", "Edit", "Write", "Grep", "Glob", "WebFetch", "TodoWrite", "Task"];

type Message = object;

/** The conversation as the first call of a session sends it: nothing of it has been seen before. */
export function conversation(): string {
  return bodyOf(history(new TextSource(1), BYTES));
}

/** One session: the conversation, then the same with one more exchange, then with two, and so on. */
export function conversationTurns(): string[] {
  const text = new TextSource(1);
  const messages = history(text, FIRST_TURN_BYTES);
  return Array.from({ length: TURNS }, (_, turn) => {
    if (turn > 0) messages.push(...exchange(text, { tool: "Bash", result: text.matches(2) }));
    return bodyOf(messages);
  });
}

function bodyOf(messages: readonly Message[]): string {
  const text = new TextSource(2);
  return JSON.stringify({
    model: MODEL,
    messages,
    system: [
      { type: "text", text: "You are a coding agent." },
      { type: "text", text: systemPrompt(text), cache_control: { type: "ephemeral" } },
    ],
    tools: TOOLS.map((name) => tool(text, name)),
    metadata: { user_id: `user_${text.hex(64)}` },
    max_tokens: 32_000,
    thinking: { type: "enabled", budget_tokens: 8_000 },
  });
}

function systemPrompt(text: TextSource): string {
  const sections = Array.from(
    { length: 14 },
    () => `# ${text.verb()} the ${text.noun()}\n\n- ${text.paragraph(3)}\n- ${text.paragraph(4)}\n`,
  );
  return sections.join("\n");
}

function tool(text: TextSource, name: string): object {
  const property = () => ({ type: "string", description: text.paragraph(1) });
  return {
    name,
    description: text.paragraph(12),
    input_schema: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: { [text.noun()]: property(), [text.noun()]: property(), path: property() },
      required: ["path"],
      additionalProperties: false,
    },
  };
}

function history(text: TextSource, bytes: number): Message[] {
  const task = `<system-reminder>\n${text.paragraph(6)}\n</system-reminder>\nTicket ${NUMBER}: ${text.paragraph(2)}`;
  const messages: Message[] = [{ role: "user", content: [{ type: "text", text: task }] }];
  const results = [
    { tool: "Read", result: () => text.file(40) },
    { tool: "Grep", result: () => text.matches(16) },
    { tool: "Bash", result: () => text.testRun(18) },
    { tool: "Edit", result: () => text.file(8) },
  ];
  for (let at = 0; Buffer.byteLength(bodyOf(messages)) < bytes; at += 1) {
    const next = results[at % results.length];
    if (next === undefined) break;
    messages.push(...exchange(text, { tool: next.tool, result: next.result() }));
  }
  return messages;
}

/** The model says something and uses a tool; the tool's result goes back. */
function exchange(text: TextSource, used: { tool: string; result: string }): Message[] {
  const id = `toolu_${text.hex(24)}`;
  const thinks = text.number(4) === 0;
  const thinking = { type: "thinking", thinking: text.paragraph(2), signature: text.base64(240) };
  const input = { path: text.path(), command: `npm run ${text.verb()} -- ${text.path()}` };
  return [
    {
      role: "assistant",
      content: [
        ...(thinks ? [thinking] : []),
        { type: "text", text: text.sentence() },
        { type: "tool_use", id, name: used.tool, input },
      ],
    },
    { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: used.result }] },
  ];
}
