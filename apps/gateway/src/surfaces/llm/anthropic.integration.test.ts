import { setTimeout } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";
import { encodeEvent, type StreamEvent } from "@yolo/testkit/upstream-replies";
import { describe, expect, test } from "vitest";
import { describeThroughGateway, type LiveSample } from "../conformance-through-gateway.ts";
import { ANTHROPIC_SAMPLE } from "./anthropic-sample.ts";

const SAMPLE: LiveSample = {
  ...ANTHROPIC_SAMPLE,
  allowed: (text) => call("claude-sonnet-4-5", text),
  denied: call("claude-opus-4-1", "hi"),
  credentials: (key) => [
    [["x-api-key", key]],
    [["authorization", `Bearer ${key}`]],
    [["X-Yolo-Key", key]],
    [
      ["x-api-key", key],
      ["Authorization", `Bearer ${key}`],
    ],
    [
      ["x-yolo-key", key],
      ["authorization", "Bearer sk-ant-oat01-the-developers-own"],
    ],
  ],
};

function call(model: string, content: string) {
  const body = JSON.stringify({ model, max_tokens: 9, messages: [{ role: "user", content }] });
  return { method: "POST", path: "/v1/messages?beta=true", body };
}

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
    usage: { input_tokens: 1, output_tokens: 1 },
  },
};
const TOOL: StreamEvent = {
  type: "content_block_start",
  index: 0,
  content_block: { type: "tool_use", id: "toolu_1", name: "Bash", input: {} },
};
/** Between pieces of an event: long enough that they arrive one by one. */
const PACE_MS = 10;
const HALF = '{"command":"rm -rf /tmp/';

describeThroughGateway(SAMPLE, (world) => {
  describe("a stream that is ended by us", () => {
    /** The upstream sends these bytes, the key is revoked, and then come the `later` ones, each a moment after the other. */
    async function revokedAfter(bytes: string, later: readonly string[] = []) {
      const { upstream, tenant, gateway } = world();
      const { key, keyId } = await tenant.newKey();
      upstream.respondWith(async (exchange) => {
        exchange.sendHead(200, { "content-type": "text/event-stream" });
        await exchange.write(bytes);
        await tenant.revokeKey(keyId);
        for (const piece of later) {
          await exchange.write(piece);
          await setTimeout(PACE_MS, undefined, { signal: exchange.signal });
        }
      });
      const client = new Anthropic({
        baseURL: gateway.url,
        apiKey: key,
        maxRetries: 0,
        logLevel: "off",
      });
      return { client, upstream };
    }
    const asked = {
      model: "claude-sonnet-4-5",
      max_tokens: 9,
      messages: [{ role: "user" as const, content: "go" }],
    };

    test("in the middle of text says why and ends as any other", async () => {
      const text = [
        START,
        { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Once upon" } },
      ];
      const { client } = await revokedAfter(text.map(encodeEvent).join(""));
      const message = await client.messages.stream(asked).finalMessage();
      expect(message.stop_reason).toBe("end_turn");
      expect(message.content).toMatchObject([
        { text: "Once upon" },
        { text: expect.stringContaining("no longer allows") },
      ]);
    });

    test("in the middle of an event completes it first, in however many pieces it comes", async () => {
      const open = {
        type: "content_block_start",
        index: 0,
        content_block: { type: "text", text: "" },
      };
      const words = Array.from({ length: 20 }, (_, at) => `word${at} `);
      const delta = { type: "text_delta", text: words.join("") };
      const event = encodeEvent({ type: "content_block_delta", index: 0, delta });
      const [before = "", ...pieces] = event.split(/(?=word)/);
      const { client } = await revokedAfter(
        [START, open].map(encodeEvent).join("") + before,
        pieces,
      );
      const message = await client.messages.stream(asked).finalMessage();
      expect(message.content).toMatchObject([
        { text: words.join("") },
        { text: expect.stringContaining("no longer allows") },
      ]);
    });

    test("in the middle of a tool call runs no half of it", async () => {
      const delta = { type: "input_json_delta", partial_json: HALF };
      const events = [START, TOOL, { type: "content_block_delta", index: 0, delta }];
      const { client, upstream } = await revokedAfter(events.map(encodeEvent).join(""));
      const { content } = await client.messages.stream(asked).finalMessage();
      const [block] = content;
      expect(block?.type).toBe("tool_use");
      expect(() => (block?.type === "tool_use" ? block.input : null)).toThrow(SyntaxError);
      expect(upstream.requests).toHaveLength(1);
    });
  });
});
