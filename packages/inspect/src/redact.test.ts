import type { Json } from "@yolo/core/action";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonDocument, readJson } from "./json.ts";
import { type Redacted, redactJson, withoutSecrets } from "./redact.ts";
import { SAMPLE_SECRETS } from "./sample-secrets.ts";
import { PLACES_MAX } from "./secret-places.ts";

const KEY = "sk-ant-api03-R2D2c3po00000000000000000000000000_canary-AA";
const PLACEHOLDER = "[secret:anthropic_key]";

function read(bytes: Buffer): JsonDocument {
  return readJson(bytes, ["messages", "tools"]);
}

function redact(body: string): Redacted {
  const bytes = Buffer.from(body);
  return redactJson(bytes, read(bytes));
}

function redactValue(value: Json): Json {
  return JSON.parse(redact(JSON.stringify(value)).bytes.toString());
}

function findingsIn(value: Json): [place: string, handling: string][] {
  return redact(JSON.stringify(value)).findings.map(({ place, handling }) => [place, handling]);
}

/** A JSON string that spells `text` with the escapes that `choices` ask for. */
function spell(text: string, choices: readonly number[]): string {
  const characters = text.split("").map((character, index) => {
    const choice = choices[index % choices.length] ?? 0;
    const hex = character.charCodeAt(0).toString(16).padStart(4, "0");
    if (choice === 1) return `\\u${hex}`;
    if (choice === 2) return `\\u${hex.toUpperCase()}`;
    if (choice === 3 && character === "/") return "\\/";
    return JSON.stringify(character).slice(1, -1);
  });
  return `"${characters.join("")}"`;
}

const spelling = fc.array(fc.nat(6), { minLength: 1, maxLength: 40 });
const anySecret = fc
  .constantFrom(...Object.entries(SAMPLE_SECRETS))
  .chain(([type, secret]) => secret.map((text) => ({ type, text })));
/** Text beside a secret that is not taken for a part of it. */
const margin = fc
  .string({ unit: "grapheme", maxLength: 20 })
  .filter((text) => !/[\w+/=%\\-]/.test(text));
/** JSON that holds no secret and nothing that is nested. */
const clean = fc.jsonValue({ maxDepth: 3 });

describe("secrets in strings", () => {
  test("none survives, however it is spelled", () => {
    fc.assert(
      fc.property(
        anySecret,
        margin,
        margin,
        spelling,
        clean,
        (secret, left, right, choices, rest) => {
          const text = spell(left + secret.text + right, choices);
          const { bytes, findings } = redact(`{"rest":${JSON.stringify(rest)},"text":${text}}`);
          expect(JSON.parse(bytes.toString())).toEqual({
            rest: JSON.parse(JSON.stringify(rest)),
            text: `${left}[secret:${secret.type}]${right}`,
          });
          expect(findings).toMatchObject([
            { place: "/text", type: secret.type, handling: "replaced" },
          ]);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test("none survives in JSON within JSON, and that stays valid too", () => {
    fc.assert(
      fc.property(
        anySecret,
        margin,
        margin,
        spelling,
        fc.nat(3),
        (secret, left, right, choices, depth) => {
          let body = `{"text":${spell(left + secret.text + right, choices)}}`;
          for (let level = 0; level < depth; level++) body = `{"text":${JSON.stringify(body)}}`;
          let value: Json = body;
          let text = redact(body).bytes.toString();
          for (let level = 0; level <= depth; level++) {
            value = JSON.parse(text);
            text = JSON.parse(text).text;
          }
          expect(value).toEqual({ text: `${left}[secret:${secret.type}]${right}` });
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test("none survives in JSON within JSON whose own backslashes are escapes", () => {
    fc.assert(
      fc.property(anySecret, spelling, spelling, (secret, inside, outside) => {
        const body = `{"text":${spell(`{"key":${spell(secret.text, inside)}}`, outside)}}`;
        const { text } = JSON.parse(redact(body).bytes.toString());
        expect(JSON.parse(text)).toEqual({ key: `[secret:${secret.type}]` });
      }),
      { numRuns: 1_500 },
    );
  });

  test("all of them go, and every other byte stays", () => {
    const part = fc.tuple(clean, anySecret, spelling);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const lines = parts.map(([value, secret, choices]) => {
          const before = `  ${JSON.stringify(value, null, 1)} ,\t"é\\u0022`;
          const spelled = spell(secret.text, choices).slice(1, -1);
          return { before, spelled, placeholder: `[secret:${secret.type}]` };
        });
        const bodyOf = (pick: (line: (typeof lines)[number]) => string) =>
          `{"messages" : [${lines.map((line) => `${line.before}${pick(line)} 😀\\/"`).join(",\n")} ]}\n`;
        const { bytes } = redact(bodyOf(({ spelled }) => spelled));
        expect(bytes.toString()).toBe(bodyOf(({ placeholder }) => placeholder));
      }),
      { numRuns: 300 },
    );
  });

  test("the same secret becomes the same text, and a second pass changes nothing", () => {
    const once = redact(JSON.stringify({ a: KEY, b: [`${KEY} and ${KEY}`] }));
    expect(JSON.parse(once.bytes.toString())).toEqual({
      a: PLACEHOLDER,
      b: [`${PLACEHOLDER} and ${PLACEHOLDER}`],
    });
    expect(redact(once.bytes.toString())).toEqual({ bytes: once.bytes, findings: [] });
  });

  test("a body without secrets comes back as the very same buffer", () => {
    fc.assert(
      fc.property(clean, (value) => {
        const bytes = Buffer.from(
          JSON.stringify({ messages: [value], note: "task-list sk-… AKIA" }),
        );
        expect(redactJson(bytes, read(bytes)).bytes).toBe(bytes);
      }),
    );
  });

  test("a body that is one string or one list is redacted too", () => {
    expect(redactValue(KEY)).toBe(PLACEHOLDER);
    expect(redactValue([[KEY]])).toEqual([[PLACEHOLDER]]);
  });
});

describe("what must stay as it is", () => {
  const block = (type: string) => [
    `{"type":"${type}","thinking":"I saw ${KEY}","signature":"c2ln"}`,
    `{"thinking":"I saw ${KEY}","data":{"deep":["${KEY}"]},"type":"${type}"}`,
    `{ "thinking" : "${KEY}" , "\\u0074ype" : "${spell(type, [1, 0]).slice(1, -1)}" }`,
  ];

  test.each([...block("thinking"), ...block("redacted_thinking")])(
    "a thinking block: %s",
    (thinking) => {
      const body = `{"messages":[{"content":[${thinking},{"type":"text","text":"${KEY}"}]}]}`;
      const { bytes, findings } = redact(body);
      expect(bytes.toString()).toBe(
        `{"messages":[{"content":[${thinking},{"type":"text","text":"${PLACEHOLDER}"}]}]}`,
      );
      expect(findings.at(-1)).toEqual({
        type: "anthropic_key",
        severity: "high",
        place: "/messages/0/content/1/text",
        handling: "replaced",
      });
      expect(new Set(findings.slice(0, -1).map(({ handling }) => handling))).toEqual(
        new Set(["kept"]),
      );
    },
  );

  test("nothing else for its name alone: only what is of that type through and through", () => {
    expect(redactValue({ type: "text", thinking: KEY })).toEqual({
      type: "text",
      thinking: PLACEHOLDER,
    });
    expect(redactValue({ type: ["thinking"], a: KEY })).toEqual({
      type: ["thinking"],
      a: PLACEHOLDER,
    });
    const twice = redact(`{"x":{"type":"thinking","a":"${KEY}","type":"text"}}`);
    expect(twice.bytes.toString()).not.toContain(KEY);
    const nested = JSON.stringify({ type: "thinking", thinking: KEY });
    expect(JSON.stringify(redactValue({ text: nested }))).not.toContain(KEY);
  });

  test("the signature of a message's block, but no other member of that name", () => {
    const block = { signature: KEY, input: { signature: KEY, content: [{ signature: KEY }] } };
    const value = { messages: [{ content: [block] }], signature: KEY };
    expect(findingsIn(value)).toEqual([
      ["/messages/0/content/0/signature", "kept"],
      ["/messages/0/content/0/input/signature", "replaced"],
      ["/messages/0/content/0/input/content/0/signature", "replaced"],
      ["/signature", "replaced"],
    ]);
    expect(JSON.stringify(redactValue(value)).match(new RegExp(KEY, "g"))).toHaveLength(1);
  });

  test.each([
    ["a tool's input", { messages: [{ content: [{ type: "tool_use", input: thinking() }] }] }],
    ["a list in it", { messages: [{ content: [{ input: { content: [thinking()] } }] }] }],
    ["a tool's result", { messages: [{ content: [{ content: [thinking()] }] }] }],
    ["a tool's schema", { tools: [{ input_schema: { default: thinking() } }] }],
    ["the body itself", thinking()],
  ])("%s that only looks like a thinking block is none", (_what, value) => {
    expect(JSON.stringify(redactValue(value))).not.toContain(KEY);
  });

  function thinking(): Json {
    return { type: "thinking", thinking: KEY, signature: KEY };
  }

  test("base64 data of a source, but neither its text nor what only claims to be base64", () => {
    const source = (type: string, data: string) => ({ source: { data, media_type: "x", type } });
    const encoded = "iVBOR/AKIAZ7QXJ5TNKD2WLMPE/ggg==";
    expect(
      redactValue([
        source("base64", encoded),
        source("text", encoded),
        source("base64", `/${KEY}/`),
      ]),
    ).toEqual([
      source("base64", encoded),
      source("text", "iVBOR/[secret:aws_access_key]/ggg=="),
      source("base64", `/${PLACEHOLDER}/`),
    ]);
  });

  test("the keys of members; the finding tells the place without the secret", () => {
    const value = { [KEY]: { [`a/b~${KEY}`]: KEY }, long: { ["x".repeat(200)]: KEY } };
    const findings = redact(JSON.stringify(value)).findings;
    expect(redactValue(value)).toEqual({
      [KEY]: { [`a/b~${KEY}`]: PLACEHOLDER },
      long: { ["x".repeat(200)]: PLACEHOLDER },
    });
    expect(findings.map(({ place, handling }) => [place, handling])).toEqual([
      [`/${PLACEHOLDER}`, "kept"],
      [`/${PLACEHOLDER}/a~1b~0${PLACEHOLDER}`, "kept"],
      [`/${PLACEHOLDER}/a~1b~0${PLACEHOLDER}`, "replaced"],
      [`/long/${"x".repeat(64)}…`, "replaced"],
    ]);
    expect(JSON.stringify(findings)).not.toContain("R2D2");
  });
});

describe("what is stored", () => {
  test("holds no secret at all, also where the provider must get one back", () => {
    const body = Buffer.from(
      `{"${KEY}":[{"type":"thinking","thinking":"${KEY}","signature":"${KEY}"}],"a":"\\u0073${KEY.slice(1)}"}`,
    );
    expect(JSON.parse(withoutSecrets(body).toString())).toEqual({
      [PLACEHOLDER]: [{ type: "thinking", thinking: PLACEHOLDER, signature: PLACEHOLDER }],
      a: PLACEHOLDER,
    });
    const none = Buffer.from('{"a":1}');
    expect(withoutSecrets(none)).toBe(none);
  });
});

describe("findings", () => {
  test("name the place of each kind once", () => {
    const text = `${KEY} ${KEY} ghp_7${"a".repeat(35)}`;
    expect(
      redact(JSON.stringify({ messages: [{ content: "" }, { content: [{ text }] }] })).findings,
    ).toEqual([
      {
        type: "anthropic_key",
        severity: "high",
        place: "/messages/1/content/0/text",
        handling: "replaced",
      },
      {
        type: "github_token",
        severity: "high",
        place: "/messages/1/content/0/text",
        handling: "replaced",
      },
    ]);
  });

  test("are bounded, replacement is not", () => {
    const { bytes, findings } = redact(
      JSON.stringify(Array.from({ length: PLACES_MAX + 500 }, () => KEY)),
    );
    expect(findings).toHaveLength(PLACES_MAX);
    expect(bytes.toString()).not.toContain(KEY);
  });

  test("a body with more secrets than can be replaced is refused", () => {
    const body = JSON.stringify(Array.from({ length: 25_000 }, () => "AKIAIOSFODNN7EXAMPLE"));
    expect(() => redact(body)).toThrow("more than 20000 secrets");
  });
});
