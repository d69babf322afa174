import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spellGlob, spellResource } from "./spelling.ts";

/** verb, spellings of one thing, their canonical form. */
const SAME: readonly [string, readonly string[], string][] = [
  [
    "llm:invoke",
    ["anthropic/claude-opus-4-1", "Anthropic/claude-opus-4-1"],
    "anthropic/claude-opus-4-1",
  ],
  ["llm:invoke", ["bedrock/anthropic.claude-3:0"], "bedrock/anthropic.claude-3:0"],
  [
    "llm:mcp_server",
    [
      "mcp.example.com/sse",
      "MCP.Example.com./sse",
      "mcp.example.com:443/sse",
      "mcp.example.com//a/../sse/",
    ],
    "mcp.example.com/sse",
  ],
  [
    "llm:fetch_url",
    [
      "img.example/private/a.png",
      "IMG.example/%70rivate/x/../a.png",
      "img.example:443//private/a.png",
    ],
    "img.example/private/a.png",
  ],
  [
    "http:get",
    [
      "crm/api/contacts",
      "CRM/api/contacts",
      "crm//api///contacts/",
      "crm/api/./contacts",
      "crm/api/x/../contacts",
      "crm/%61pi/cont%61cts",
      "crm/api/x/%2e%2E/contacts",
    ],
    "crm/api/contacts",
  ],
  [
    "http:get",
    ["crm/caf\u00e9", "crm/cafe\u0301", "crm/caf%C3%A9", "crm/cafe%CC%81"],
    "crm/caf\u00e9",
  ],
  [
    "git:push",
    [
      "github.com/acme/app#refs/heads/main",
      "GitHub.com/Acme/App.git#main",
      "github.com./acme/app#main",
      "github.com/acme//app/#refs/heads/main",
    ],
    "github.com/acme/app#refs/heads/main",
  ],
  ["git:create_tag", ["h/a/b#refs/tags/v1"], "h/a/b#refs/tags/v1"],
  ["git:fetch", ["github.com/acme/app", "github.com/ACME/app.git"], "github.com/acme/app"],
  [
    "aws:s3:GetObject",
    [
      "arn:aws:s3:::data-lake/raw/a b",
      "arn:aws:s3:::Data-Lake/raw/a b",
      "S3://data-lake/raw/a b",
      "data-lake.s3.amazonaws.com/raw/a%20b",
      "https://data-lake.s3.eu-west-1.amazonaws.com/raw/a%20b",
      "https://s3.eu-west-1.amazonaws.com/data-lake/raw/a%20b",
      "s3.amazonaws.com/Data-Lake/raw/a%20b",
      "data-lake/raw/a b",
    ],
    "arn:aws:s3:::data-lake/raw/a b",
  ],
  ["aws:s3:GetObject", ["arn:aws:s3:::b/a/../c"], "arn:aws:s3:::b/a/../c"],
  ["aws:s3:GetObject", ["logs/x.amazonaws.com"], "arn:aws:s3:::logs/x.amazonaws.com"],
  [
    "tool:Write",
    ["/etc/passwd", "/etc//./passwd", "/tmp/../etc/passwd", "\\etc\\passwd"],
    "/etc/passwd",
  ],
  ["tool:Write", ["../x", "a/../../x"], "../x"],
  ["tool:Write", ["C:/x/y", "C:\\x\\y"], "C:/x/y"],
  [
    "tool:WebFetch",
    [
      "https://example.com/a?q=1",
      "HTTPS://Example.com:443/a?q=1#top",
      "https://example.com/b/../a?q=1",
    ],
    "https://example.com/a?q=1",
  ],
  ["tool:Bash", ["rm -rf /tmp/..\n"], "rm -rf /tmp/..\n"],
  ["db:drop", ["production/shop/orders", "PRODUCTION/shop//orders"], "production/shop/orders"],
];

describe("one thing has one spelling", () => {
  test.each(SAME)("%s %j", (verb, spellings, canonical) => {
    for (const spelling of spellings) {
      expect(spellResource(verb, spelling)).toEqual({ resource: canonical });
    }
  });
});

const UNREADABLE: readonly [string, string][] = [
  ["http:get", "crm/%2e%2e/admin"],
  ["http:get", "crm/../admin"],
  ["http:get", "crm/a%252f..%252fb"],
  ["http:get", "crm/a%2fb"],
  ["http:get", "crm/a%5cb"],
  ["http:get", "crm/a\\b"],
  ["http:get", "crm/%c0%ae"],
  ["http:get", "crm/a%00"],
  ["http:get", "crm/v1/messages;x"],
  ["http:get", "crm/a?b"],
  ["http:get", "crm/\u202e"],
  ["git:push", "h/a/b#refs/heads/feature/../main"],
  ["git:fetch", "h/a/..git"],
  ["git:fetch", "h/.git"],
  ["git:push", "h/a/b#"],
  ["git:push", "h/a/b#a b"],
  ["git:push", "h/a/b#x.lock"],
  ["mcp:call", "crm/../mailer/send"],
  ["custom:deploy", "apps/staging/../production"],
  ["tool:WebFetch", "https://a@b.example/"],
  ["tool:Write", "/a\u0000b"],
  ["llm:invoke", "anthropic/\ud800"],
  ["http:get", "/admin"],
  ["git:push", "https://github.com/acme/app#main"],
  ["git:push", "git@github.com:acme/app#main"],
  ["llm:fetch_url", "\uff45vil.example/x"],
  ["llm:fetch_url", "b\u00fccher.example/x"],
  ["aws:s3:GetObject", "https://data.s3.amazonaws.com/raw/x?versionId=1"],
  ["aws:s3:GetObject", "https://s3.amazonaws.com/data/raw/x#y"],
  ["aws:s3:GetObject", "https://minio.example/data/raw/x"],
  ["aws:s3:GetObject", "ARN:aws:s3:::data/raw/x"],
  ["aws:s3:GetObject", "/data/raw/x"],
];

test.each(UNREADABLE)("what can be read two ways is refused: %s %j", (verb, resource) => {
  expect(spellResource(verb, resource)).toHaveProperty("problem");
});

test("a resource longer than any name is refused", () => {
  const { problem } = { problem: "", ...spellResource("llm:invoke", `a/${"b".repeat(40_000)}`) };
  expect(problem).toContain("longer than");
});

test("a glob keeps its wildcards and is spelt like what it matches", () => {
  expect(spellGlob("http:get", "CRM/%61pi/*/**")).toEqual({ resource: "crm/api/*/**" });
  expect(spellGlob("git:push", "GitHub.com/Acme/*#main")).toEqual({
    resource: "github.com/acme/*#refs/heads/main",
  });
  expect(spellGlob("aws:s3:GetObject", "data-lake/raw/*")).toEqual({
    resource: "arn:aws:s3:::data-lake/raw/*",
  });
  expect(spellGlob("aws:s3:GetObject", "*")).toEqual({ resource: "*" });
  expect(spellGlob("tool:WebFetch", "https://Docs.Example.com/a?c")).toEqual({
    resource: "https://docs.example.com/a?c",
  });
  expect(spellGlob("http:get", "crm/a/../b")).toHaveProperty("problem");
  expect(spellGlob("http:get", "crm/a%2a")).toHaveProperty("problem");
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "/",
        ".",
        "..",
        "%2e",
        "%41",
        "%25",
        "%",
        "#",
        "a",
        "B",
        ":443",
        "/..git",
        ".git",
        "é",
        "e\u0301",
        "\\",
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join("")),
);
const anyVerb = fc.constantFrom(
  ...["llm:invoke", "llm:mcp_server", "mcp:call", "http:get", "git:push", "git:fetch", "db:drop"],
  ...[
    "aws:s3:GetObject",
    "aws:ecs:UpdateService",
    "tool:Write",
    "tool:Bash",
    "tool:WebFetch",
    "custom:x",
  ],
);

test("canonical text is its own canonical form", () => {
  fc.assert(
    fc.property(anyVerb, anyText, (verb, text) => {
      const once = spellResource(verb, text);
      if ("problem" in once) return;
      expect(spellResource(verb, once.resource)).toEqual(once);
    }),
    { numRuns: 20_000 },
  );
});

const plainText = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,3}([.-][a-z0-9]{1,3}){0,2}$/),
    fc.array(fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,5}(\.git|\.lock)?$/), { maxLength: 3 }),
    fc.constantFrom(
      "",
      "#refs/heads/main",
      "#refs/tags/v1.0",
      "#refs/heads/a-b/c.lock",
      "#refs/x.git/y",
    ),
  )
  .map(([head, path, ref]) => ({ head, rest: path.map((segment) => `/${segment}`).join(""), ref }));

test("plain text is spelt as the same text written in another way", () => {
  fc.assert(
    fc.property(anyVerb, plainText, (verb, { head, rest, ref }) => {
      if (verb.startsWith("aws:") || verb.startsWith("tool:") || verb.startsWith("custom:")) return;
      const tail = rest + (verb.startsWith("git:") ? ref : "");
      expect(spellResource(verb, `${head}${tail}`)).toEqual(spellResource(verb, `${head}.${tail}`));
    }),
    { numRuns: 5_000 },
  );
});
