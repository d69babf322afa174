import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";
import { startUpstream } from "@yolo/testkit/upstream";
import { bytesReply, encodeEvent, type StreamEvent } from "@yolo/testkit/upstream-replies";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventStream, parseData } from "./event-stream.ts";
import { field } from "./field.ts";
import { ReplyMessage } from "./reply-message.ts";
import { endingOf } from "./stream-ending.ts";

const WHY = "[ended: the key was revoked]";
const COMMAND = { command: 'rm -rf "/tmp/old \\ files"', deep: [{ x: -1.5e3 }, null, true] };

const usage = { input_tokens: 10, output_tokens: 1 };
const START: StreamEvent = {
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  },
};
const text = (index: number, ...pieces: readonly string[]): StreamEvent[] => [
  { type: "content_block_start", index, content_block: { type: "text", text: "" } },
  ...pieces.map((piece) => delta(index, { type: "text_delta", text: piece })),
  { type: "content_block_stop", index },
];
const tool = (index: number, ...pieces: readonly string[]): StreamEvent[] => [
  {
    type: "content_block_start",
    index,
    content_block: { type: "tool_use", id: `toolu_${index}`, name: "Bash", input: {} },
  },
  ...pieces.map((piece) => delta(index, { type: "input_json_delta", partial_json: piece })),
  { type: "content_block_stop", index },
];
const thinking = (index: number): StreamEvent[] => [
  {
    type: "content_block_start",
    index,
    content_block: { type: "thinking", thinking: "", signature: "" },
  },
  delta(index, { type: "thinking_delta", thinking: "hm" }),
  delta(index, { type: "signature_delta", signature: "c2ln" }),
  { type: "content_block_stop", index },
];
const END: readonly StreamEvent[] = [
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 9 },
  },
  { type: "message_stop" },
];

function delta(index: number, piece: object): StreamEvent {
  return { type: "content_block_delta", index, delta: piece };
}

/** The events as a client gets them: the first `count`, then our ending. */
function endedAfter(
  events: readonly StreamEvent[],
  count: number,
): { bytes: Buffer; message: ReplyMessage } {
  const message = new ReplyMessage(false);
  const seen = events.slice(0, count);
  for (const event of seen) message.take(JSON.stringify(event));
  const ending = endingOf(message, WHY);
  return { bytes: Buffer.concat([Buffer.from(seen.map(encodeEvent).join("")), ending]), message };
}

function eventsIn(bytes: Buffer): unknown[] {
  const events: unknown[] = [];
  new EventStream().push(bytes, (data) => events.push(parseData(data)));
  return events;
}

const json = JSON.stringify(COMMAND);
const PIECES = [json.slice(0, 12), json.slice(12, 30), json.slice(30)];
const WHOLE = [START, ...thinking(0), ...text(1, "Hel", "lo"), ...tool(2, ...PIECES), ...END];
const CUTS = WHOLE.map((_, count) => count);

test("an ended reply stays as it is", () => {
  expect(endedAfter(WHOLE, WHOLE.length).bytes.toString()).toBe(WHOLE.map(encodeEvent).join(""));
});

describe.each(CUTS)("a reply ended after %i of its events", (count) => {
  const { bytes, message } = endedAfter(WHOLE, count);
  const events = eventsIn(bytes);
  const types = events.map((event) => field(event, "type"));

  test("starts once, stops once and last, and never says error", () => {
    expect(types.filter((type) => type === "message_start")).toHaveLength(1);
    expect(types[0]).toBe("message_start");
    expect(types.filter((type) => type === "message_delta")).toHaveLength(1);
    expect(types.at(-1)).toBe("message_stop");
    expect(types).not.toContain("error");
  });

  test("says why, in the last block, unless it had stopped by itself", () => {
    const said = JSON.stringify(events).includes(WHY);
    expect(said).toBe(message.stopReason === null);
  });

  test("leaves open no text, and nothing else closed that was open", () => {
    const open = new Set<unknown>();
    for (const event of events) {
      if (field(event, "type") === "content_block_start") open.add(field(event, "index"));
      if (field(event, "type") === "content_block_stop")
        expect(open.delete(field(event, "index"))).toBe(true);
    }
    expect([...open]).toEqual(
      message.openBlocks.filter(({ type }) => type !== "text").map(({ index }) => index),
    );
  });
});

describe("with the real SDK", () => {
  async function clientFor(bytes: Buffer) {
    const upstream = await startUpstream();
    upstream.respondWith(bytesReply(200, { "content-type": "text/event-stream" }, bytes));
    const client = new Anthropic({
      baseURL: upstream.url,
      apiKey: "k",
      maxRetries: 0,
      logLevel: "off",
    });
    return { upstream, client };
  }
  const call = {
    model: "claude-sonnet-4-5",
    max_tokens: 100,
    messages: [{ role: "user" as const, content: "go" }],
  };

  test.each(CUTS)(
    "a reply ended after %i events is whole, or fails where half a tool call stands",
    async (count) => {
      const { bytes, message } = endedAfter(WHOLE, count);
      const { upstream, client } = await clientFor(bytes);
      await using _ = upstream;
      const final = await client.messages.stream(call).finalMessage();
      const isInTool = message.openBlocks.some(({ type }) => type === "tool_use");
      expect(final.stop_reason).toBe(message.stopReason ?? "end_turn");
      if (isInTool) expect(() => JSON.stringify(final.content)).toThrow(SyntaxError);
      else expect(JSON.stringify(final.content).includes(WHY)).toBe(message.stopReason === null);
      expect(upstream.requests).toHaveLength(1);
    },
  );

  test("no tool runs with half of its input, wherever the reply was ended", async () => {
    const whole = [START, ...tool(0, json), ...END];
    for (let length = 0; length <= json.length; length++) {
      const events = [START, ...tool(0, json.slice(0, length)).slice(0, -1)];
      const { bytes } = endedAfter(events, events.length);
      expect(await inputsRun(bytes)).toEqual([]);
    }
    expect(await inputsRun(Buffer.from(whole.map(encodeEvent).join("")))).toEqual([
      COMMAND,
      COMMAND,
    ]);
  }, 60_000);

  /** The inputs with which tools run for a reply: by the SDK's tool runner, and by a loop over the blocks. */
  async function inputsRun(bytes: Buffer): Promise<unknown[]> {
    const { upstream, client } = await clientFor(bytes);
    await using _ = upstream;
    const inputs: unknown[] = [];
    const run = (input: unknown) => {
      inputs.push(input);
      return "done";
    };
    const inputSchema = { type: "object" } as const;
    const tools = [betaTool({ name: "Bash", description: "runs", inputSchema, run })];
    const { content } = await client.messages.stream(call).finalMessage();
    try {
      for (const block of content) if (block.type === "tool_use") run(block.input);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
    const type = { "content-type": "text/event-stream" };
    upstream.respondNext(bytesReply(200, type, bytes));
    const last = [START, ...text(0, "ok"), ...END].map(encodeEvent).join("");
    upstream.respondWith(bytesReply(200, type, last.replace('"tool_use"', '"end_turn"')));
    const runner = client.beta.messages.toolRunner({ ...call, stream: true, tools });
    await runner.runUntilDone().catch(() => undefined);
    return inputs;
  }
});

test("half a tool input never reads as JSON again, wherever it was left", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (value, cut) => {
      const half = value.slice(0, cut % (value.length + 1));
      const { bytes } = endedAfter([START, ...tool(0, half)], 3);
      const input = eventsIn(bytes)
        .map((event) => field(field(event, "delta"), "partial_json"))
        .filter((piece) => typeof piece === "string")
        .join("");
      expect(input.startsWith(half)).toBe(true);
      expect(() => JSON.parse(input)).toThrow(SyntaxError);
      expect(() => JSON.parse(`${input}"}`)).toThrow(SyntaxError);
    }),
    { numRuns: 1_000 },
  );
});
