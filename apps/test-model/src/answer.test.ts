import type { RawContentBlockDelta } from "@anthropic-ai/sdk/resources/messages";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answer, composeAnswer } from "./answer.ts";
import { type StreamEvent, toEvents, toMessage } from "./answer-events.ts";
import { readLastTurn } from "./conversation.ts";
import { parseMessagesRequest } from "./messages-request.ts";
import { readPlan } from "./read-plan.ts";

function answerTo(text: string, more: object = {}): Answer {
  const messages = [{ role: "user", content: text }];
  const request = parseMessagesRequest({ model: "m", max_tokens: 1_000, messages, ...more });
  const lastTurn = readLastTurn(request);
  return composeAnswer(request, readPlan(request.model, lastTurn.texts), lastTurn);
}

interface FoldedBlock {
  type: string;
  text?: string;
  thinking?: string;
  signature?: string;
  json?: string;
}

/** The content that a client adds up from the events. */
function foldContent(events: Iterable<StreamEvent>): unknown[] {
  const blocks: FoldedBlock[] = [];
  for (const event of events) {
    if (event.type === "content_block_start") blocks.push(structuredClone(event.content_block));
    if (event.type === "content_block_delta")
      fold(blocks[event.index] ?? { type: "none" }, event.delta);
  }
  return blocks.map(({ json, ...block }) =>
    json === undefined ? block : { ...block, input: JSON.parse(json) },
  );
}

function fold(block: FoldedBlock, delta: RawContentBlockDelta): void {
  if (delta.type === "text_delta") block.text += delta.text;
  if (delta.type === "thinking_delta") block.thinking += delta.thinking;
  if (delta.type === "signature_delta") block.signature = delta.signature;
  if (delta.type === "input_json_delta") block.json = (block.json ?? "") + delta.partial_json;
}

const tools = [{ name: "Bash", input_schema: { type: "object" } }];

test("the same call gets the same answer, another call another id", () => {
  expect(toMessage(answerTo("hello"))).toEqual(toMessage(answerTo("hello")));
  expect(answerTo("hello").id).not.toBe(answerTo("hello!").id);
});

test("usage follows the documented formula", () => {
  const messages = [{ role: "user", content: "grüße" }];
  const { inputTokens, outputTokens } = answerTo("grüße", { system: "be brief" });
  const bytes = Buffer.byteLength(JSON.stringify(["be brief", messages, null]));
  expect(inputTokens).toBe(Math.ceil(bytes / 4));
  expect(outputTokens).toBe(Math.ceil(Buffer.byteLength("You said: grüße") / 4));
});

test("the events add up to the message, whatever text is echoed and tool input called", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.jsonValue(),
      fc.integer({ min: 1, max: 200 }),
      (text, value, maxTokens) => {
        const call = `#test tool Bash ${JSON.stringify({ value })}`;
        const prompt = `${text.replaceAll("#", "")}\n#test thinking\n${call}`;
        const answer = answerTo(prompt, { tools, max_tokens: maxTokens });
        expect(foldContent(toEvents(answer))).toEqual(toMessage(answer).content);
        expect(answer.outputTokens).toBeLessThanOrEqual(maxTokens);
      },
    ),
  );
});

test("an answer stops at max_tokens: text is cut, a tool call that does not fit is absent", () => {
  const cut = toMessage(answerTo("#test huge 1", { max_tokens: 5 }));
  expect(cut).toMatchObject({ stop_reason: "max_tokens", usage: { output_tokens: 5 } });
  expect(cut.content).toMatchObject([{ type: "text", text: "all work and no play" }]);
  const absent = toMessage(answerTo('#test tool Bash {"command":"ls"}', { tools, max_tokens: 2 }));
  expect(absent).toMatchObject({ content: [], stop_reason: "max_tokens" });
});

test("text is never cut inside a character", () => {
  const { blocks } = answerTo("€€€€", { max_tokens: 3 });
  expect(blocks).toMatchObject([{ deltas: ["You said: "] }]);
});

test("a request without tools gets no tool call", () => {
  expect(toMessage(answerTo("#test tool Bash {}"))).toMatchObject({
    content: [{ type: "text", text: "This request offers no tools, so none is called." }],
    stop_reason: "end_turn",
  });
});

test("a stream has the deltas asked for, in order, with a ping after every fiftieth", () => {
  const events = [...toEvents(answerTo("#test stream 120 0"))];
  const texts = events.flatMap((event) =>
    event.type === "content_block_delta" && event.delta.type === "text_delta"
      ? [event.delta.text]
      : [],
  );
  expect(texts).toEqual(Array.from({ length: 120 }, (_, index) => `${index + 1} `));
  expect(events.filter((event) => event.type === "ping")).toHaveLength(3);
  expect(events[0]?.type).toBe("message_start");
  expect(events.at(-1)?.type).toBe("message_stop");
});
