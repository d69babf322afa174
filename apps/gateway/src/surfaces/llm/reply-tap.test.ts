import { encodeEvent, type StreamEvent } from "@yolo/testkit/upstream-replies";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KEPT_BYTES_MAX } from "./reply-message.ts";
import { CAPTURED_BYTES_MAX, type ReplyTap, tapReply, WHOLE_BYTES_MAX } from "./reply-tap.ts";

const KEY = "sk-ant-api03-R2D2c3po00000000000000000000000000_canary-AA";

const EVENTS: readonly StreamEvent[] = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-4-5",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 20, cache_read_input_tokens: 300, output_tokens: 1 },
    },
  },
  {
    type: "content_block_start",
    index: 0,
    content_block: { type: "thinking", thinking: "", signature: "" },
  },
  { type: "ping" },
  {
    type: "content_block_delta",
    index: 0,
    delta: { type: "thinking_delta", thinking: `I saw ${KEY}` },
  },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "c2ln" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Grüße, " } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: '😀 "world"\n' } },
  {
    type: "content_block_delta",
    index: 1,
    delta: { type: "citations_delta", citation: { url: "u" } },
  },
  { type: "content_block_stop", index: 1 },
  {
    type: "content_block_start",
    index: 2,
    content_block: { type: "tool_use", id: "toolu_1", name: "Bash", input: {} },
  },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: "" } },
  {
    type: "content_block_delta",
    index: 2,
    delta: { type: "input_json_delta", partial_json: '{"command":"ec' },
  },
  {
    type: "content_block_delta",
    index: 2,
    delta: { type: "input_json_delta", partial_json: 'ho \\"hi\\""}' },
  },
  { type: "content_block_stop", index: 2 },
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 77 },
  },
  { type: "message_stop" },
];
const STREAM = Buffer.from(EVENTS.map(encodeEvent).join(""));

function tapOf(contentType: string, status = 200, capture = true): ReplyTap {
  return tapReply({ status, contentType, model: "asked-model", capture });
}

function feed(tap: ReplyTap, bytes: Buffer, cuts: readonly number[] = []): ReplyTap {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  for (const [at, start] of places.entries()) {
    const end = places[at + 1];
    if (end !== undefined) tap.chunk(bytes.subarray(start, end));
  }
  return tap;
}

function capturedBy(tap: ReplyTap): unknown {
  const bytes = tap.captured();
  return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString());
}

/** All that a tap says of a reply so far. */
function saidBy(tap: ReplyTap) {
  const ending = tap.ending("why");
  return {
    usage: tap.usage(),
    captured: capturedBy(tap),
    ending: Buffer.isBuffer(ending) ? ending.toString() : ending,
  };
}

describe("a streamed reply", () => {
  test("is put together as the API gives it in one piece, without a secret", () => {
    const tap = feed(tapOf("text/event-stream; charset=utf-8"), STREAM);
    expect(capturedBy(tap)).toEqual({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-4-5",
      content: [
        { type: "thinking", thinking: "I saw [secret:anthropic_key]", signature: "c2ln" },
        { type: "text", text: 'Grüße, 😀 "world"\n', citations: [{ url: "u" }] },
        { type: "tool_use", id: "toolu_1", name: "Bash", input: { command: 'echo "hi"' } },
      ],
      stop_reason: "tool_use",
      stop_sequence: null,
      usage: { input_tokens: 20, cache_read_input_tokens: 300, output_tokens: 77 },
    });
    expect(tap.usage()).toEqual({
      model: "claude-sonnet-4-5",
      inputTokens: 320,
      outputTokens: 77,
      cacheReadTokens: 300,
      cacheWriteTokens: 0,
      cacheWriteHourTokens: 0,
      metering: "reported",
    });
    expect(tap.ending("why")).toEqual(Buffer.alloc(0));
  });

  test("says the same however its bytes are split, as far as they came", () => {
    fc.assert(
      fc.property(fc.nat(STREAM.length), fc.array(fc.nat()), (length, cuts) => {
        const seen = STREAM.subarray(0, length);
        expect(saidBy(feed(tapOf("text/event-stream"), seen, cuts))).toEqual(
          saidBy(feed(tapOf("text/event-stream"), seen)),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("says the same with CRLF, comments and members in another order", () => {
    const crlf = EVENTS.map((event) => {
      const data = JSON.stringify({ extra: 1, ...event });
      return `: hi\r\nevent: ${event.type}\r\ndata:${data}\r\n\r\n`;
    });
    const said = saidBy(feed(tapOf("Text/Event-Stream"), Buffer.from(crlf.join(""))));
    expect(said).toEqual(saidBy(feed(tapOf("text/event-stream"), STREAM)));
  });

  test("cut short is metered as an estimate from what was relayed", () => {
    const words = "word ".repeat(700);
    const piece = { type: "text_delta", text: words };
    const signature = { type: "signature_delta", signature: "c2ln".repeat(700) };
    const events = [
      ...EVENTS.slice(0, 5),
      { type: "content_block_delta", index: 0, delta: signature },
      ...EVENTS.slice(5, 8),
      { type: "content_block_delta", index: 1, delta: piece },
    ];
    const tap = feed(tapOf("text/event-stream"), Buffer.from(events.map(encodeEvent).join("")));
    const usage = tap.usage();
    expect(usage).toMatchObject({ inputTokens: 320, metering: "estimated" });
    expect(usage?.outputTokens).toBeGreaterThan(words.length / 4);
    expect(usage?.outputTokens).toBeLessThan(words.length / 3);
  });

  test("of which nothing came costs nothing that could be told", () => {
    expect(tapOf("text/event-stream").usage()).toBeNull();
    expect(capturedBy(tapOf("text/event-stream"))).toBeNull();
  });

  test("without a report in its start is metered by what its end reports", () => {
    const events = [
      { type: "message_start", message: { model: 7 } },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn" },
        usage: { input_tokens: 5, output_tokens: 6 },
      },
    ];
    const tap = feed(tapOf("text/event-stream"), Buffer.from(events.map(encodeEvent).join("")));
    expect(tap.usage()).toMatchObject({
      model: "asked-model",
      inputTokens: 5,
      outputTokens: 6,
      metering: "reported",
    });
  });

  test("is not kept when the project captures metadata only, but metered all the same", () => {
    const tap = feed(tapOf("text/event-stream", 200, false), STREAM);
    expect(tap.captured()).toBeNull();
    expect(tap.usage()).toMatchObject({ outputTokens: 77 });
  });

  test("that is very long is kept in part, and says so", () => {
    const delta = {
      type: "content_block_delta",
      index: 1,
      delta: { type: "text_delta", text: "x".repeat(10_000) },
    };
    const deltas = Array.from({ length: (2 * KEPT_BYTES_MAX) / 10_000 }, () => delta);
    const events = [...EVENTS.slice(0, 7), ...deltas, ...EVENTS.slice(10)];
    const tap = feed(tapOf("text/event-stream"), Buffer.from(events.map(encodeEvent).join("")));
    expect(tap.captured()?.length).toBeLessThan(KEPT_BYTES_MAX + 10_000);
    expect(capturedBy(tap)).toMatchObject({ truncated: true, stop_reason: "tool_use" });
    expect(tap.usage()).toMatchObject({ outputTokens: 77 });
  });

  test("of garbage harms nobody", () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.jsonValue().map((value) => Buffer.from(`data: ${JSON.stringify(value)}\n\n`)),
      fc
        .record({
          type: fc.constantFrom(...EVENTS.map(({ type }) => type)),
          index: fc.jsonValue(),
          message: fc.jsonValue(),
          content_block: fc.jsonValue(),
          delta: fc.jsonValue(),
          usage: fc.jsonValue(),
        })
        .map((value) => Buffer.from(`data: ${JSON.stringify(value)}\n\n`)),
    );
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 12 }), (chunks) => {
        const tap = tapOf("text/event-stream");
        for (const chunk of chunks) tap.chunk(chunk);
        expect(() => saidBy(tap)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a reply in one piece", () => {
  const body = Buffer.from(
    JSON.stringify({
      model: "claude-x",
      content: [{ type: "thinking", thinking: KEY }],
      usage: { input_tokens: 3, output_tokens: 4 },
    }),
  );

  test("is read for its usage and kept without a secret, however its bytes are split", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const tap = feed(tapOf("application/json"), body, cuts);
        expect(tap.usage()).toMatchObject({
          model: "claude-x",
          inputTokens: 3,
          outputTokens: 4,
          metering: "reported",
        });
        expect(capturedBy(tap)).toMatchObject({
          content: [{ thinking: "[secret:anthropic_key]" }],
        });
      }),
      { numRuns: 100 },
    );
  });

  test("that is an error costs nothing and is kept", () => {
    const error = {
      type: "error",
      error: { type: "overloaded_error", message: "x" },
      usage: { input_tokens: 9 },
    };
    const tap = feed(tapOf("application/json", 529), Buffer.from(JSON.stringify(error)));
    expect(tap.usage()).toBeNull();
    expect(capturedBy(tap)).toEqual(error);
  });

  test("that counts tokens has no usage of its own", () => {
    expect(feed(tapOf("application/json"), Buffer.from('{"input_tokens":12}')).usage()).toBeNull();
  });

  test("that is no JSON, cut off or too large is relayed and not kept", () => {
    for (const bytes of [Buffer.from("<html>"), body.subarray(0, 20), Buffer.alloc(0)]) {
      const tap = feed(tapOf("text/html"), bytes);
      expect([tap.usage(), tap.captured()]).toEqual([null, null]);
    }
    const large = Buffer.from(
      `{"x":"${"x".repeat(CAPTURED_BYTES_MAX)}","usage":{"output_tokens":1}}`,
    );
    const kept = feed(tapOf("application/json"), large);
    expect(kept.usage()).toMatchObject({ outputTokens: 1, model: "asked-model" });
    expect(kept.captured()).toBeNull();
    const huge = feed(tapOf("application/json"), Buffer.alloc(WHOLE_BYTES_MAX + 1, " "));
    expect([huge.usage(), huge.captured()]).toEqual([null, null]);
  });

  test("cannot be ended in the middle", () => {
    expect(feed(tapOf("application/json"), body.subarray(0, 9)).ending("why")).toBeNull();
  });
});

describe("a reply that came to its end has failed", () => {
  const upTo = (type: string) =>
    EVENTS.slice(
      0,
      EVENTS.findIndex((event) => event.type === type),
    );
  const stream = (events: readonly StreamEvent[]) => Buffer.from(events.map(encodeEvent).join(""));
  const overloaded = { type: "error", error: { type: "overloaded_error", message: "later" } };

  test.each([
    ["a stream that says so", "text/event-stream", stream([...upTo("message_delta"), overloaded])],
    ["a stream without its last event", "text/event-stream", stream(upTo("message_stop"))],
    ["half a message", "application/json; charset=utf-8", Buffer.from('{"type":"message","usa')],
    ["no message at all", "application/json", Buffer.alloc(0)],
  ])("%s", (_what, type, bytes) => {
    expect(feed(tapOf(type), bytes).failed()).toBe(true);
  });

  test.each([
    ["a whole stream", "text/event-stream", STREAM, 200],
    ["a stream of something else", "text/event-stream", Buffer.from("data: x\n\n"), 200],
    ["a whole message", "application/json", Buffer.from('{"type":"message"}'), 200],
    ["a page", "text/html", Buffer.from("<p>"), 200],
    ["an error, which its status tells", "application/json", Buffer.from("{"), 529],
    ["what is too large to be read", "application/json", Buffer.alloc(WHOLE_BYTES_MAX + 1), 200],
  ])("and %s has not", (_what, type, bytes, status) => {
    expect(feed(tapOf(type, status), bytes).failed()).toBe(false);
  });
});
