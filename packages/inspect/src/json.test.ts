import { AppError } from "@yolo/core/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonDocument, readJson, type Span } from "./json.ts";
import { MAX_DEPTH } from "./json-scanner.ts";

function refusal(body: string | Buffer, watch: readonly string[] = []): AppError {
  try {
    readJson(Buffer.from(body), watch);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`accepted: ${body.toString().slice(0, 80)}`);
}

function accepts(body: Buffer): boolean {
  try {
    readJson(body);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "malformed_request") return false;
    throw error;
  }
}

function textOf(document: JsonDocument, span: Span): string {
  return document.bytes.toString("utf8", span.start, span.end);
}

/** What the reader promises, said by other means: `JSON.parse` plus our own three refusals. */
function isAcceptable(body: Buffer): boolean {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text);
    if (depthOf(value) > MAX_DEPTH) return false;
  } catch {
    return false;
  }
  return !hasDuplicate(text);
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** Whether the root object of valid JSON has a key twice: its keys are the strings before a colon at depth 1. */
function hasDuplicate(text: string): boolean {
  const keys: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && token.endsWith(":")) keys.push(JSON.parse(token.slice(0, -1)));
  }
  return new Set(keys).size < keys.length;
}

/** Valid JSON texts in which keys repeat, are escaped, and whitespace stands wherever it may. */
const jsonText = fc
  .json({ maxDepth: 4, stringUnit: "binary" })
  .chain((text) => fc.constantFrom(text, JSON.stringify(JSON.parse(text), null, 1)));

const fragment = fc.constantFrom(
  ...'{}[]",:\\ \n\t\r0123456789-+.eEtfnu/ab\u0000\u001f\u007f\u0080é\u{1f600}'.split(""),
  "\\u0061",
  "\\ud800",
  "\\/",
  "NaN",
  "null",
  "1e5",
  '"a":1,',
  '"\\u0061":2,',
  "\ufeff",
);

describe("what is accepted", () => {
  test("exactly what JSON.parse accepts, less deep nesting and duplicate keys: valid texts", () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const body = Buffer.from(text);
        expect(accepts(body)).toBe(isAcceptable(body));
      }),
      { numRuns: 500 },
    );
  });

  test("exactly what JSON.parse accepts, less deep nesting and duplicate keys: damaged texts", () => {
    const damage = fc.tuple(fc.nat(), fc.nat(3), fragment);
    fc.assert(
      fc.property(jsonText, fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
        let damaged = text;
        for (const [at, cut, piece] of damages) {
          const place = at % (damaged.length + 1);
          damaged = damaged.slice(0, place) + piece + damaged.slice(place + cut);
        }
        const body = Buffer.from(damaged);
        expect(accepts(body), damaged).toBe(isAcceptable(body));
      }),
      { numRuns: 3_000 },
    );
  });

  test("exactly what JSON.parse accepts: token soup", () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (pieces) => {
        const body = Buffer.from(pieces.join(""));
        expect(accepts(body), body.toString()).toBe(isAcceptable(body));
      }),
      { numRuns: 3_000 },
    );
  });

  test("bytes that are not UTF-8 are refused at the first that is wrong, wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.constantFrom(
          [0xff],
          [0xc0, 0xaf],
          [0xed, 0xa0, 0x80],
          [0xf5, 0x80],
          [0x80],
          [0xe2, 0x82],
        ),
        fc.string({ maxLength: 20 }),
        (before, wrong, after) => {
          const start = Buffer.from(JSON.stringify(before.toWellFormed()).slice(0, -1));
          const body = Buffer.concat([
            start,
            Buffer.from(wrong),
            Buffer.from(`${JSON.stringify(after).slice(1)}`),
          ]);
          expect(refusal(body).facts).toEqual({ offset: start.length, line: 1 });
        },
      ),
    );
  });

  test.each([
    ["a byte order mark", Buffer.from("\ufeff{}"), "byte order mark", 0],
    ["nothing", "", "ends where a value is expected", 0],
    ["only whitespace", " \n ", "ends where a value is expected", 3],
    ["bytes behind the value", "{} x", "something follows", 3],
    ["NaN", '{"a":NaN}', "no value", 5],
    ["a single quote", "{'a':1}", "a key in quotes", 1],
    ["a comment", "{/**/}", "a key in quotes", 1],
    ["a trailing comma", "[1,]", "no value", 3],
    ["a raw line feed in a string", '"a\nb"', "control character", 2],
    ["an unknown escape", '"\\x41"', "unknown escape", 1],
    ["a short escape", '"\\u12"', "four hex digits", 1],
    ["a leading zero", "[012]", "starts with 0", 1],
    ["an open string", '{"a', "not closed", 1],
    ["an open list", "[1", "comma or ]", 2],
  ])("%s is refused by name and place", (_what, body, message, offset) => {
    const error = refusal(body);
    expect(error.code).toBe("malformed_request");
    expect(error.message).toContain(message);
    expect(error.facts).toMatchObject({ offset });
  });

  test("the line of what is wrong is told", () => {
    expect(refusal('{\n  "a": 1,\n  "b": x\n}').message).toContain("line 3");
  });

  test("a key twice at the top level is refused, also when one is spelled with escapes", () => {
    expect(refusal('{"model":1,"a":{},"model":2}').message).toContain('the key "model"');
    expect(refusal('{"model":1,"\\u006dodel":2}').message).toContain("twice");
    expect(accepts(Buffer.from('{"a":{"b":1,"b":2}}'))).toBe(true);
  });

  test("an error never repeats a key that is not a field's name", () => {
    const key = "sk-ant-api03-canary0000000000000000";
    expect(refusal(`{"${key}":1,"${key}":2}`).message).not.toContain("canary");
  });

  test("depth 64 passes and 65 does not", () => {
    const nested = (depth: number) => Buffer.from("[".repeat(depth) + "]".repeat(depth));
    expect(accepts(nested(MAX_DEPTH))).toBe(true);
    expect(accepts(nested(MAX_DEPTH + 1))).toBe(false);
    const inMember = (depth: number) => `{"messages":${nested(depth).toString()}}`;
    for (const watch of [[], ["messages"]]) {
      expect(() => readJson(Buffer.from(inMember(MAX_DEPTH - 1)), watch)).not.toThrow();
      expect(refusal(inMember(MAX_DEPTH), watch).message).toContain("nested deeper");
    }
  });
});

describe("what is told of an accepted body", () => {
  test("every member and element is where JSON.parse finds it", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 3 })),
        fc.array(fc.jsonValue({ maxDepth: 2 })),
        fc.constantFrom(0, 2),
        (object, list, indent) => {
          const value = { ...object, messages: list };
          const body = Buffer.from(` ${JSON.stringify(value, null, indent)}\n`);
          const document = readJson(body, ["messages"]);
          const expected: object = JSON.parse(body.toString());
          expect([...document.members.keys()].sort()).toEqual(Object.keys(expected).sort());
          for (const [key, child] of Object.entries(expected)) {
            const member = document.members.get(key);
            if (member === undefined) throw new Error(`no member ${key}`);
            expect(document.parse(member.value)).toEqual(child);
            expect(document.parse(member.key)).toBe(key);
          }
          const elements = document.elements("messages") ?? [];
          expect(elements.map((span) => document.parse(span))).toEqual(
            JSON.parse(JSON.stringify(list)),
          );
        },
      ),
    );
  });

  test("the kind of the root and of any span", () => {
    const kinds = ["{}", "[]", '""', "-1", "true", "false", "null"].map(
      (text) => readJson(Buffer.from(` ${text} `)).kind,
    );
    expect(kinds).toEqual(["object", "array", "string", "number", "boolean", "boolean", "null"]);
  });

  test("elements are undefined where the member is absent, not watched or no list", () => {
    const document = readJson(Buffer.from('{"a":{"b":[1]},"c":[1,2],"d":[]}'), ["a", "d", "x"]);
    expect(["a", "c", "d", "x"].map((name) => document.elements(name))).toEqual([
      undefined,
      undefined,
      [],
      undefined,
    ]);
  });

  test("the elements of any list are told", () => {
    const document = readJson(Buffer.from('{"a":[ 1, [2,3] ,{}],"b":[]}'));
    const values = ["a", "b"].map((name) => {
      const member = document.members.get(name);
      return member && document.elementsOf(member.value).map((span) => document.parse(span));
    });
    expect(values).toEqual([[1, [2, 3], {}], []]);
  });

  test("members of an inner object are told, and a key twice in it is refused", () => {
    const document = readJson(
      Buffer.from('{"tools":[{"type":"x","n":{}},{"type":1,"\\u0074ype":2}]}'),
      ["tools"],
    );
    const [first, second] = document.elements("tools") ?? [];
    if (first === undefined || second === undefined) throw new Error("no elements");
    const type = document.membersOf(first).get("type");
    expect(type === undefined ? "" : textOf(document, type.value)).toBe('"x"');
    expect(() => document.membersOf(second)).toThrow("twice");
  });

  test("a key named __proto__ is a key like any other", () => {
    const document = readJson(Buffer.from('{"__proto__":{"x":1},"constructor":2}'));
    expect([...document.members.keys()]).toEqual(["__proto__", "constructor"]);
  });
});

describe("hostile bodies", () => {
  test.each([
    ["a million open lists", () => Buffer.from("[".repeat(1_000_000))],
    ["a million open objects", () => Buffer.from('{"a":'.repeat(1_000_000))],
    ["32 MB of quotes", () => Buffer.alloc(32 * 1024 * 1024, '"')],
    ["32 MB of empty strings", () => Buffer.from(`[${'"",'.repeat(11_000_000)}0]`)],
    ["32 MB of escapes", () => Buffer.from(`"${"\\u0073".repeat(5_500_000)}"`)],
    ["32 MB of backslashes", () => Buffer.alloc(32 * 1024 * 1024, "\\")],
    [
      "32 MB of different members",
      () => Buffer.from(`{${Array.from({ length: 3_000_000 }, (_, i) => `"${i}":1`).join()}}`),
    ],
    ["32 MB of elements", () => Buffer.from(`{"messages":[${"1,".repeat(16_000_000)}1]}`)],
    [
      "one wrong byte behind 32 MB",
      () => Buffer.concat([Buffer.alloc(32 * 1024 * 1024, " "), Buffer.from([0xff])]),
    ],
  ])("%s cost less than a second and 64 MB", (_what, make) => {
    const body = make();
    const memory = process.memoryUsage().rss;
    const start = process.threadCpuUsage();
    try {
      readJson(body, ["messages"]);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
    const { user, system } = process.threadCpuUsage(start);
    expect(user + system).toBeLessThan(1_000_000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 1024 * 1024);
  });
});
