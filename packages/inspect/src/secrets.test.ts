import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AWS_SECRET, SAMPLE_SECRETS } from "./sample-secrets.ts";
import { findSecrets } from "./secrets.ts";

const { agent_key: agentKeys = fc.constant(""), github_token: githubTokens = fc.constant("") } =
  SAMPLE_SECRETS;

/** The secrets found in a text that stands as a JSON string, each as its type and its text. */
function found(text: string): [type: string, secret: string][] {
  const bytes = Buffer.from(JSON.stringify(text));
  return findSecrets(bytes).map(({ type, start, end }) => [
    type,
    String(JSON.parse(`"${bytes.toString("utf8", start, end)}"`)),
  ]);
}

const before = fc.constantFrom(
  "",
  "key=",
  "Bearer ",
  '{"key": "',
  "first line\n",
  "a\tb\r\n",
  "é",
  "「",
  "😀",
  "\u001b[01;31m\u001b[K",
  "https://x/?k%3D",
  "C:\\",
  "`",
);
const behind = fc.constantFrom(
  "",
  " and on",
  '"}',
  "\n",
  "\u001b[m",
  "é",
  "😀",
  ".",
  ", ",
  "`",
  "\\n",
);

describe.each(Object.keys(SAMPLE_SECRETS))("a secret of kind %s", (type) => {
  const secret = SAMPLE_SECRETS[type];
  if (secret === undefined) throw new Error(type);

  test("is found whole, wherever text may hold one", () => {
    fc.assert(
      fc.property(before, secret, behind, (left, text, right) => {
        expect(found(left + text + right)).toEqual([[type, text]]);
      }),
      { numRuns: 200 },
    );
  });

  test("is found in the output of env and in JSON within JSON", () => {
    fc.assert(
      fc.property(secret, (text) => {
        expect(found(`PATH=/bin\nTHE_KEY=${text}\nHOME=/root\n`)).toEqual([[type, text]]);
        const nested = JSON.stringify({ a: [{ env: { THE_KEY: text } }] });
        expect(found(nested).map(([kind]) => kind)).toEqual([type]);
        expect(found(JSON.stringify({ nested })).map(([kind]) => kind)).toEqual([type]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("AWS secret access keys", () => {
  test.each([
    ["by its name in a shell", (secret: string) => `export AWS_SECRET_ACCESS_KEY=${secret}\n`],
    ["by its name in an ini file", (secret: string) => `aws_secret_access_key = ${secret}\n`],
    ["by its name in JSON", (secret: string) => `{"SecretAccessKey": "${secret}"}`],
    ["by its name in XML", (secret: string) => `<SecretAccessKey>${secret}</SecretAccessKey>`],
    ["behind its id", (secret: string) => `AKIAIOSFODNN7EXAMPLE,${secret}\n`],
    ["before its id", (secret: string) => `${secret} / ASIAIOSFODNN7EXAMPLE`],
  ])("are found %s", (_where, write) => {
    fc.assert(
      fc.property(AWS_SECRET, (secret) => {
        expect(found(write(secret))).toContainEqual(["aws_secret_key", secret]);
      }),
      { numRuns: 100 },
    );
  });

  test("forty such characters without company are none: a hash, a path", () => {
    fc.assert(
      fc.property(AWS_SECRET, (secret) => {
        expect(found(`commit ${secret} of main`)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(found(`AKIAIOSFODNN7EXAMPLE ${"0123456789abcdef".repeat(3).slice(0, 40)}`)).toHaveLength(
      1,
    );
  });

  test("a session token is found under its name", () => {
    const token = `IQoJ${"aB3/".repeat(80)}==`;
    expect(found(`AWS_SESSION_TOKEN=${token}`)).toEqual([["aws_session_token", token]]);
    expect(found(`{"SessionToken": "${token}"}`)).toEqual([["aws_session_token", token]]);
  });
});

describe("agent keys", () => {
  const body = "ylg_live_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";

  test("with a wrong checksum, too short or too long are still found, as less certain", () => {
    for (const key of [`${body}ABCDEF`, body, `${body}ABCDEFGHIJ`]) {
      const [finding] = findSecrets(Buffer.from(JSON.stringify(key)));
      expect(finding).toMatchObject({
        type: "agent_key",
        severity: "medium",
        start: 1,
        end: key.length + 1,
      });
    }
  });

  test("with the right checksum are certain", () => {
    const [key] = fc.sample(agentKeys, 1);
    expect(findSecrets(Buffer.from(JSON.stringify(key)))).toMatchObject([{ severity: "high" }]);
  });
});

describe("what is no secret", () => {
  test.each([
    "the sk- prefix, task-list-with-many-words-in-a-row-and-a-2 and risk-0123456789abcdef0123456789abcdef",
    "sk-circle-fade-dot sk-folding-cube sk-some-long-class-name-of-words-only",
    "AKIA is the prefix; XAKIAIOSFODNN7EXAMPLE and AKIAIOSFODNN7EXAMPLES are longer words",
    "ylg_live_… and ylg_live_<your key here> and ylg_live_YOUR_KEY",
    "ghp_ tokens have 36 characters, ghp_short does not",
    'if (pem.startsWith("-----BEGIN PRIVATE KEY-----")) return;',
    "It starts with -----BEGIN PRIVATE KEY----- and then come lines of base64 text, which we skip.",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabcdefghijklmnopqrstuvwxyz0123456789\n-----END PUBLIC KEY-----",
    "xoxb-is-a-prefix-of-tokens hooks.slack.com/docs",
    "secret_key: read it from the environment; SecretAccessKey=None",
    "[secret:anthropic_key] [secret:agent_key]",
    "d97e2169-8ab8-4c6e-9f6b-0a1b2c3d4e5f e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "toolu_01A09q90qw90lq917835lq9 msg_013Zva2CMHLNnjNJJKqJ2EF ses_0123456789abcdef0123456789abcdef",
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("random bytes in base64, base64url or hex", () => {
    const blob = fc.uint8Array({ minLength: 2_000, maxLength: 20_000 });
    fc.assert(
      fc.property(blob, fc.constantFrom("base64", "base64url", "hex"), (bytes, encoding) => {
        expect(found(Buffer.from(bytes).toString(encoding))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("long bodies", () => {
  const secrets = fc.sample(fc.oneof(...Object.values(SAMPLE_SECRETS)), { numRuns: 12, seed: 7 });

  test("a secret is found at every distance from another one", () => {
    const [first = ""] = fc.sample(githubTokens, 1);
    for (let distance = 2_000; distance < 9_500; distance += 1) {
      const secret = secrets[distance % secrets.length] ?? "";
      expect(
        found(`${first} ${"word ".repeat(distance / 5)}${"x".repeat(distance % 5)} ${secret}.`),
      ).toHaveLength(2);
    }
  });

  test("a key longer than what is examined at once is found to its end", () => {
    const lines = "0123456789abcdefABCDEF+/0123456789abcdefABCDEF+/0123456789abcdef\n".repeat(300);
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${lines}-----END RSA PRIVATE KEY-----`;
    const escaped = JSON.stringify(`${"x ".repeat(3_000)}${key} y`).replaceAll("A", "\\u0041");
    const [span] = findSecrets(Buffer.from(escaped));
    expect(escaped.slice(span?.end)).toBe(' y"');
  });

  test.each([
    ["AKIA ids", "AKIAIOSFODNN7EXAMPLE "],
    ["prefixes", "sk-ant-"],
    ["prefixes that nearly match", "sk-ant-0123456789abcde "],
    ["escaped letters", "\\u0073"],
    ["escaped letters of nested text", "\\\\\\\\u0073"],
    ["PEM headers", "-----BEGIN PRIVATE KEY-----"],
    ["names of secrets", "secret_key=AAAAAAAAAAAAAAAAAAAAAAAA "],
    ["one long token", "ylg_live_A"],
    ["base64", "aB3/"],
    ["grams", "ylg_ylt_AKIAASIAghp_"],
  ])("32 MB of %s cost time in proportion and little memory", (_what, piece) => {
    const size = 32 * 1024 * 1024;
    const body = Buffer.from(`"${piece.repeat(size / piece.length)}"`);
    const memory = process.memoryUsage().rss;
    const start = process.threadCpuUsage();
    expect(() => findSecrets(body)).not.toThrow(RangeError);
    const { user, system } = process.threadCpuUsage(start);
    expect(user + system).toBeLessThan(8_000_000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 1024 * 1024 + size);
  });
});
