import type { Json } from "@yolo/core/action";
import type { Finding } from "@yolo/core/finding";
import { readJson } from "@yolo/inspect/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inspected } from "../../pipeline/inspect.ts";
import type { CaptureMark } from "../surface.ts";
import { newTurns } from "./turns.ts";

interface Payload {
  readonly v: number;
  readonly turns: number;
  readonly hash: string;
  readonly from: number;
  readonly after?: string;
  readonly rest?: Json;
  readonly messages: readonly Json[];
}

const REST = { model: "claude-x", system: [{ type: "text", text: "Be kind." }], tools: [] };

function turn(role: string, text: string, isMarked = false): Json {
  const block = { type: "text", text };
  return { role, content: [isMarked ? { ...block, cache_control: { type: "ephemeral" } } : block] };
}

function conversation(name: string, length: number): Json[] {
  return Array.from({ length }, (_, at) =>
    turn(at % 2 === 0 ? "user" : "assistant", `${name} ${at}`, at === length - 1),
  );
}

function inspected(value: Json, indent = 0, findings: readonly Finding[] = []): Inspected {
  const bytes = Buffer.from(JSON.stringify(value, null, indent));
  return {
    bytes,
    document: readJson(bytes, ["messages", "tools"]),
    findings,
    receivedBytes: bytes.length,
  };
}

/** Records requests one after the other, as one process does for one session. */
function record(requests: readonly Json[]): Payload[] {
  let mark: CaptureMark | null = null;
  return requests.map((request) => {
    const captured = newTurns(inspected(request), mark);
    mark = captured.mark;
    return JSON.parse(Buffer.concat(captured.pieces).toString());
  });
}

/** What a reader makes of a session's payloads: each request whole again. */
function replay(payloads: readonly Payload[]): Json[] {
  const known = new Map<string, { readonly messages: readonly Json[]; readonly rest: Json }>();
  return payloads.map((payload) => {
    const before = payload.after === undefined ? undefined : known.get(payload.after);
    const messages = [...(before?.messages.slice(0, payload.from) ?? []), ...payload.messages];
    const rest = payload.rest ?? before?.rest ?? {};
    known.set(payload.hash, { messages, rest });
    return { ...(typeof rest === "object" ? rest : {}), messages };
  });
}

/** The request as it was, but for the markers that move. */
function withoutMarkers(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll(/,"cache_control":\{[^}]*\}/g, ""));
}

describe("payloads of a conversation", () => {
  test("hold the first call whole and then only what is new, though the cache marker moves on", () => {
    const payloads = record(
      [1, 3, 5].map((length) => ({ ...REST, messages: conversation("a", length) })),
    );
    expect(payloads.map(({ from, turns, messages }) => [from, turns, messages.length])).toEqual([
      [0, 1, 1],
      [1, 3, 2],
      [3, 5, 2],
    ]);
    expect(payloads.map(({ rest }) => rest)).toEqual([REST, undefined, undefined]);
    expect(payloads[1]?.after).toBe(payloads[0]?.hash);
  });

  test("follow each of a session's conversations when they take turns", () => {
    const lengths = [1, 3, 5, 7];
    const requests = lengths.flatMap((length) =>
      ["main", "sub 1", "sub 2"].map((name) => ({
        ...REST,
        model: name,
        messages: conversation(name, length),
      })),
    );
    const payloads = record(requests);
    expect(
      payloads.slice(3).every(({ messages, rest }) => messages.length === 2 && rest === undefined),
    ).toBe(true);
    expect(replay(payloads).map(withoutMarkers)).toEqual(requests.map(withoutMarkers));
  });

  test("begin anew when the past was changed, shortened or is not known", () => {
    const messages = conversation("a", 5);
    const changed = messages.with(1, turn("assistant", "something else"));
    const payloads = record([
      { ...REST, messages },
      { ...REST, messages: changed },
      { ...REST, messages: messages.slice(0, 3) },
    ]);
    expect(payloads.map(({ from, messages: kept }) => [from, kept.length])).toEqual([
      [0, 5],
      [0, 5],
      [0, 3],
    ]);
  });

  test("hold the rest again when it changed, and nothing new when a call is repeated", () => {
    const request = { ...REST, messages: conversation("a", 3) };
    const payloads = record([request, request, { ...request, model: "claude-y" }]);
    expect(payloads.map(({ messages, rest }) => [messages.length, rest])).toEqual([
      [3, REST],
      [0, undefined],
      [0, { ...REST, model: "claude-y" }],
    ]);
  });

  test("give every request back, whatever the conversations and their markers", () => {
    const step = fc.record({
      name: fc.constantFrom("a", "b", "c"),
      length: fc.integer({ min: 0, max: 6 }),
      marked: fc.nat(6),
      system: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const requests = steps.map(({ name, length, marked, system }) => ({
          system,
          messages: Array.from({ length }, (_, at) =>
            turn("user", `${name} "cache_control": ${at}`, at === marked),
          ),
        }));
        expect(replay(record(requests)).map(withoutMarkers)).toEqual(requests.map(withoutMarkers));
      }),
      { numRuns: 500 },
    );
  });

  test("are valid in any layout, wherever a cache marker stands", () => {
    const first = {
      cache_control: { type: "ephemeral", nested: { cache_control: 1 } },
      role: "user",
    };
    const marked: Json = [
      first,
      { role: "user", cache_control: null, content: "cache_control" },
      { cache_control: 1 },
    ];
    const plain: Json = [{ role: "user" }, { role: "user", content: "cache_control" }, {}];
    for (const indent of [0, 2]) {
      const one = newTurns(inspected({ messages: marked }, indent), null);
      const two = newTurns(inspected({ messages: plain }, indent), one.mark);
      expect(JSON.parse(Buffer.concat(one.pieces).toString())).toMatchObject({
        messages: marked,
        from: 0,
      });
      if (indent === 0)
        expect(JSON.parse(Buffer.concat(two.pieces).toString())).toMatchObject({
          messages: [],
          from: 3,
        });
    }
  });

  test("hold no secret, not even one that had to be sent on", () => {
    const key = "sk-ant-api03-R2D2c3po00000000000000000000000000_canary-AA";
    const messages: Json = [
      { role: "assistant", content: [{ type: "thinking", thinking: key, signature: "x" }] },
    ];
    const kept: Finding = { type: "anthropic_key", severity: "high", place: "", handling: "kept" };
    const { pieces } = newTurns(inspected({ messages }, 0, [kept]), null);
    expect(JSON.parse(Buffer.concat(pieces).toString()).messages).toEqual([
      {
        role: "assistant",
        content: [{ type: "thinking", thinking: "[secret:anthropic_key]", signature: "x" }],
      },
    ]);
  });

  test("are empty where there is no conversation", () => {
    const empty: Inspected = {
      bytes: Buffer.alloc(0),
      document: null,
      findings: [],
      receivedBytes: 0,
    };
    for (const body of [empty, inspected({ model: "x" })]) {
      expect(newTurns(body, null)).toEqual({ pieces: [], mark: null });
    }
  });
});
