import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_BYTES_MAX, EventStream, parseData } from "./event-stream.ts";

const NEWLINES = ["\n", "\r\n"] as const;

interface WrittenEvent {
  readonly lines: readonly string[];
  readonly newline: string;
  readonly data: string | null;
}

const dataText = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => JSON.stringify(text));

/** An event in one of the forms that the standard allows, and the data it carries. */
const writtenEvent: fc.Arbitrary<WrittenEvent> = fc
  .record({
    name: fc.constantFrom("event: x", "event:x", "id: 7", ": a comment", "data-: no", "retry: 1"),
    data: fc.array(dataText, { maxLength: 3 }),
    space: fc.constantFrom("", " "),
    newline: fc.constantFrom(...NEWLINES),
    nameLast: fc.boolean(),
  })
  .map(({ name, data, space, newline, nameLast }) => {
    const lines = data.map((text) => `data:${space}${text}`);
    return {
      lines: nameLast ? [...lines, name] : [name, ...lines],
      newline,
      data: data.length === 0 ? null : data.join("\n"),
    };
  });

function bytesOf(events: readonly WrittenEvent[]): Buffer {
  return Buffer.from(
    events
      .map(({ lines, newline }) => lines.map((line) => line + newline).join("") + newline)
      .join(""),
  );
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

function decoded(data: string): string {
  return Buffer.from(data, "latin1").toString("utf8");
}

describe("an event stream", () => {
  test("gives the data of its events, whatever their form and wherever the bytes are split", () => {
    fc.assert(
      fc.property(fc.array(writtenEvent, { maxLength: 6 }), fc.array(fc.nat()), (events, cuts) => {
        const stream = new EventStream();
        const taken: string[] = [];
        for (const chunk of split(bytesOf(events), cuts))
          stream.push(chunk, (data) => taken.push(decoded(data)));
        expect(taken).toEqual(events.flatMap(({ data }) => data ?? []));
        expect(stream.isInsideEvent).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test("knows at every byte whether an event is under way, and how many bytes complete it", () => {
    fc.assert(
      fc.property(
        fc.array(writtenEvent, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (events, cut) => {
          const bytes = bytesOf(events);
          const at = cut % bytes.length;
          const ends = events.map((_, index) => bytesOf(events.slice(0, index + 1)).length);
          const stream = new EventStream();
          stream.push(bytes.subarray(0, at), () => undefined);
          const end = ends.find((one) => one > at) ?? bytes.length;
          expect(stream.isInsideEvent).toBe(at !== 0 && !ends.includes(at));
          expect(stream.bytesToEventEnd(bytes.subarray(at))).toBe(end - at);
          expect(stream.bytesToEventEnd(bytes.subarray(at, end - 1))).toBe(end - 1 - at);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("drops an event that is too large, in one line or many, and goes on behind it", () => {
    const huge = "x".repeat(EVENT_BYTES_MAX + 10);
    const lines = `data: ${"x".repeat(1_000)}\n`.repeat(EVENT_BYTES_MAX / 1_000 + 10);
    for (const event of [`data: ${huge}\n`, lines]) {
      const stream = new EventStream();
      const taken: string[] = [];
      const bytes = Buffer.from(`data: 1\n\n${event}\ndata: 2\n\n`);
      for (let at = 0; at < bytes.length; at += 1_009) {
        stream.push(bytes.subarray(at, at + 1_009), (data) => taken.push(data));
      }
      expect(taken).toEqual(["1", "2"]);
    }
  });

  test("costs time in proportion when a large event comes byte by byte", () => {
    const stream = new EventStream();
    const taken: string[] = [];
    const start = process.threadCpuUsage();
    for (const byte of Buffer.from(`data: ${"x".repeat(EVENT_BYTES_MAX - 100)}\n\n`)) {
      stream.push(Buffer.of(byte), (data) => taken.push(data));
    }
    expect(taken[0]).toHaveLength(EVENT_BYTES_MAX - 100);
    const { user, system } = process.threadCpuUsage(start);
    expect(user + system).toBeLessThan(3_000_000);
  });
});

test("data that is no JSON is nothing", () => {
  expect(parseData("{")).toBeUndefined();
  expect(parseData(Buffer.from('{"a":"é"}').toString("latin1"))).toEqual({ a: "é" });
});
