import { createHash } from "node:crypto";
import type { Json } from "@yolo/core/action";
import { AppError, type ErrorCode } from "@yolo/core/errors";
import { readJson } from "@yolo/inspect/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestHead } from "../../exchange.ts";
import type { Inspected } from "../../pipeline/inspect.ts";
import { isAnthropicPath, readActions } from "./anthropic-request.ts";

const MESSAGES: Json = [{ role: "user", content: "hi" }];
const CALL = { model: "claude-sonnet-4-5", max_tokens: 64, messages: MESSAGES };

function head(path: string, method = "POST"): RequestHead {
  return { method, path, query: "", headers: {}, rawHeaders: [] };
}

function inspected(text: string): Inspected {
  const bytes = Buffer.from(text);
  const document = text === "" ? null : readJson(bytes, ["messages", "tools", "mcp_servers"]);
  return { bytes, document, findings: [], receivedBytes: bytes.length };
}

function actionsOf(value: Json, path = "/v1/messages") {
  return readActions(head(path), inspected(JSON.stringify(value)));
}

function verbsOf(value: Json, path = "/v1/messages"): [string, string][] {
  return actionsOf(value, path).map(({ verb, resource }) => [verb, resource]);
}

function codeOf(run: () => unknown): ErrorCode {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("a key of ours in the address is refused: it would go on to the provider", () => {
  const query = `?beta=true&key=ylg_live_${"a".repeat(49)}`;
  for (const request of [
    { ...head("/v1/messages"), query },
    head(`/v1/models/ylg_live_${"a".repeat(49)}`, "GET"),
  ]) {
    expect(codeOf(() => readActions(request, inspected(JSON.stringify(CALL))))).toBe(
      "malformed_request",
    );
  }
});

describe("a call of a model", () => {
  test("is one action, bound to the very bytes that are sent on", () => {
    const text = ` ${JSON.stringify({ ...CALL, stream: true, tools: [{ name: "Bash", input_schema: {} }] })} `;
    expect(readActions(head("/v1/messages"), inspected(text))).toEqual([
      {
        verb: "llm:invoke",
        resource: "anthropic/claude-sonnet-4-5",
        args: {
          model: "claude-sonnet-4-5",
          max_tokens: 64,
          tools: ["Bash"],
          body: createHash("sha256").update(text).digest("hex"),
        },
        facts: { stream: true, messages: 1, tools: 1, bytes: Buffer.byteLength(text) },
      },
    ]);
  });

  test("may count tokens, and may leave out what the API lets it leave out", () => {
    const [action] = actionsOf({ model: "claude-x", messages: [] }, "/v1/messages/count_tokens");
    expect(action).toMatchObject({
      verb: "llm:count_tokens",
      resource: "anthropic/claude-x",
      args: { max_tokens: null, tools: [] },
      facts: { stream: false, messages: 0 },
    });
    expect(
      verbsOf({ ...CALL, stream: null, tools: null, mcp_servers: null, fallbacks: null }),
    ).toHaveLength(1);
  });

  test.each([
    ["no model", { messages: [] }],
    ["a model that is no text", { ...CALL, model: 7 }],
    ["a model of nothing", { ...CALL, model: null }],
    ["a blank model", { ...CALL, model: " " }],
    ["a model with a space behind it", { ...CALL, model: "claude-sonnet-4-5 " }],
    ["a model with a wildcard", { ...CALL, model: "claude-*" }],
    ["a model with a slash", { ...CALL, model: "x/../claude" }],
    ["a model with a control character", { ...CALL, model: "claude\u0000" }],
    ["a model in other letters", { ...CALL, model: "сlaude" }],
    ["no messages", { model: "claude-x" }],
    ["messages that are no list", { ...CALL, messages: "hi" }],
    ["max_tokens that is text", { ...CALL, max_tokens: "64" }],
    ["max_tokens below one", { ...CALL, max_tokens: 0 }],
    ["half a token", { ...CALL, max_tokens: 0.5 }],
    ["stream that is no flag", { ...CALL, stream: "true" }],
    ["tools that are no list", { ...CALL, tools: {} }],
    ["a tool that is no object", { ...CALL, tools: ["Bash"] }],
    ["a tool without a name", { ...CALL, tools: [{ description: "x" }] }],
    ["a tool whose name is no text", { ...CALL, tools: [{ name: 7 }] }],
    ["a tool whose type is no text", { ...CALL, tools: [{ name: "x", type: ["custom"] }] }],
    ["a tool whose type is no word", { ...CALL, tools: [{ name: "x", type: "a/b" }] }],
    ["an MCP server without a url", { ...CALL, mcp_servers: [{ type: "url", name: "x" }] }],
    ["an MCP server with half a url", { ...CALL, mcp_servers: [{ url: "evil.example/sse" }] }],
    ["an MCP server on another scheme", { ...CALL, mcp_servers: [{ url: "file:///etc/passwd" }] }],
    ["MCP servers that are no list", { ...CALL, mcp_servers: { url: "https://x.example" } }],
    ["a fallback without a model", { ...CALL, fallbacks: [{}] }],
    ["a fallback that is no object", { ...CALL, fallbacks: ["claude-x"] }],
    ["fallbacks of another kind", { ...CALL, fallbacks: "all" }],
    ["a list", [CALL]],
    ["a text", "hi"],
  ])("with %s is malformed", (_what, body) => {
    expect(codeOf(() => actionsOf(body))).toBe("malformed_request");
  });

  test("with 1e400 tokens, no body, or a key twice where it counts is malformed", () => {
    for (const text of [
      '{"model":"claude-x","messages":[],"max_tokens":1e400}',
      "",
      '{"model":"claude-x","messages":[],"tools":[{"name":"a","type":"custom","type":"web_search_20250305"}]}',
      '{"model":"claude-x","messages":[],"mcp_servers":[{"url":"https://a.example","\\u0075rl":"https://b.example"}]}',
      '{"model":"claude-x","messages":[],"fallbacks":[{"model":"a","model":"b"}]}',
    ]) {
      expect(codeOf(() => readActions(head("/v1/messages"), inspected(text)))).toBe(
        "malformed_request",
      );
    }
  });

  test("never crashes on any JSON", () => {
    const odd = fc.jsonValue({ maxDepth: 2 });
    const body = fc.record(
      {
        model: odd,
        messages: odd,
        max_tokens: odd,
        stream: odd,
        tools: odd,
        mcp_servers: odd,
        fallbacks: odd,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(odd, body), (value) => {
        const text = JSON.stringify(value);
        try {
          readActions(head("/v1/messages"), inspected(text));
        } catch (error) {
          expect(error).toMatchObject({ code: "malformed_request" });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what makes the provider act", () => {
  test.each([
    "web_search_20250305",
    "web_search_20260318",
    "web_fetch_20250910",
    "code_execution_20260521",
    "tool_search_tool_regex",
    "tool_search_tool_bm25_20251119",
    "something_nobody_knows_20300101",
    "bash",
    "my_bash_20250124",
  ])("the tool type %s is an action of its own", (type) => {
    expect(verbsOf({ ...CALL, tools: [{ name: "Bash" }, { type, name: "x" }] })).toEqual([
      ["llm:invoke", "anthropic/claude-sonnet-4-5"],
      ["llm:server_tool", `anthropic/${type}`],
    ]);
  });

  test.each([
    { name: "Bash" },
    { name: "Bash", type: null },
    { name: "Bash", type: "custom" },
    { name: "bash", type: "bash_20250124" },
    { name: "str_replace_based_edit_tool", type: "text_editor_20250728" },
    { name: "computer", type: "computer_20251124" },
    { name: "memory", type: "memory_20250818" },
    { type: "computer_toolset_20260801" },
    { type: "browser_toolset_20260801" },
    { type: "mcp_toolset", mcp_server_name: "x" },
  ])("the client's own tool %j is none", (tool) => {
    expect(verbsOf({ ...CALL, tools: [tool] })).toHaveLength(1);
  });

  test("each MCP server is an action on its host and path", () => {
    const mcp_servers = [
      { type: "url", name: "a", url: "HTTPS://Evil.Example:443/sse?token=1#x" },
      { type: "url", name: "b", url: "https://mcp.example:8443/a/../b" },
    ];
    const expected = [
      ["llm:mcp_server", "evil.example/sse"],
      ["llm:mcp_server", "mcp.example:8443/b"],
    ];
    expect(verbsOf({ ...CALL, mcp_servers }).slice(1)).toEqual(expected);
    expect(verbsOf({ ...CALL, mcp_servers }, "/v1/messages/count_tokens").slice(1)).toEqual(
      expected,
    );
  });

  test("each address that the provider is told to fetch is an action on its host and path, once", () => {
    const image = (url: string) => ({ type: "image", source: { type: "url", url } });
    const messages = [
      { role: "user", content: '"url" is but a word' },
      {
        role: "user",
        content: [
          image("HTTPS://Evil.Example:443/a.png?secret=1"),
          image("https://evil.example/a.png?secret=1"),
          { type: "image", source: { type: "base64", data: "https://not.example/" } },
          { type: "tool_result", content: [image("http://deep.example/b")] },
          {
            type: "document",
            source: { type: "content", content: [image("https://deeper.example/")] },
          },
          { type: "tool_use", input: { source: { type: "url", url: "https://not.example/" } } },
        ],
      },
    ];
    const expected = [
      ["llm:fetch_url", "evil.example/a.png"],
      ["llm:fetch_url", "deep.example/b"],
      ["llm:fetch_url", "deeper.example/"],
    ];
    expect(verbsOf({ ...CALL, messages }).slice(1)).toEqual(expected);
    expect(verbsOf({ ...CALL, messages }, "/v1/messages/count_tokens").slice(1)).toEqual(expected);
  });

  test("nor can it hide in the system text, or where a block stands alone instead of in a list", () => {
    const source = { type: "url", url: "https://evil.example/x" };
    const block = { type: "image", source };
    const inMessage = (content: Json) => ({ ...CALL, messages: [{ role: "user", content }] });
    for (const body of [
      { ...CALL, system: [{ type: "text", text: "a" }, block] },
      { ...CALL, system: block },
      inMessage(block),
      inMessage([{ type: "tool_result", content: block }]),
    ]) {
      expect(verbsOf(body).slice(1)).toEqual([["llm:fetch_url", "evil.example/x"]]);
    }
  });

  test("an address cannot hide in an escape, nor behind a key that stands twice", () => {
    const body = (source: string) =>
      `{"model":"m","messages":[{"role":"user","content":[{"type":"image","source":${source}}]}]}`;
    for (const word of ["\\u0075rl", "u\\u0072l", "ur\\u006c", "ur\\u006C"]) {
      const escaped = String.raw`{"\u0074ype":"${word}","${word}":"https://evil.example/x"}`;
      expect(readActions(head("/v1/messages"), inspected(body(escaped)))[1]?.resource).toBe(
        "evil.example/x",
      );
    }
    const twice = `{"type":"url","type":"base64","url":"https://evil.example/x"}`;
    expect(() => readActions(head("/v1/messages"), inspected(body(twice)))).toThrow(/twice/);
  });

  test.each(["", "x", "file:///etc/passwd", "https://anthropic/claude-opus-4"])(
    "the address %j is refused",
    (url) => {
      const messages = [
        { role: "user", content: [{ type: "image", source: { type: "url", url } }] },
      ];
      expect(() => verbsOf({ ...CALL, messages })).toThrow(/full http or https address/);
    },
  );

  test("a model that may answer instead, or that a tool asks, is invoked too", () => {
    const body = {
      ...CALL,
      fallbacks: [{ model: "claude-opus-5", max_tokens: 9 }, { model: "claude-haiku-5" }],
      tools: [{ type: "advisor_20260301", name: "advisor", model: "claude-fable-6" }],
    };
    expect(verbsOf(body)).toEqual([
      ["llm:invoke", "anthropic/claude-sonnet-4-5"],
      ["llm:invoke", "anthropic/claude-opus-5"],
      ["llm:invoke", "anthropic/claude-haiku-5"],
      ["llm:invoke", "anthropic/claude-fable-6"],
      ["llm:server_tool", "anthropic/advisor_20260301"],
    ]);
    expect(actionsOf(body).map(({ args }) => args.max_tokens)).toEqual([
      64,
      9,
      64,
      null,
      undefined,
    ]);
    expect(verbsOf({ ...CALL, fallbacks: "default" })[1]).toEqual([
      "llm:invoke",
      "anthropic/default-fallback",
    ]);
  });
});

describe("paths", () => {
  test("listing models is one action, whichever model is asked for", () => {
    for (const path of ["/v1/models", "/v1/models/claude-sonnet-4-5"]) {
      expect(readActions(head(path, "GET"), inspected(""))).toEqual([
        { verb: "llm:list_models", resource: "anthropic/models", args: {}, facts: {} },
      ]);
    }
    expect(codeOf(() => readActions(head("/v1/models", "GET"), inspected("{}")))).toBe(
      "malformed_request",
    );
  });

  test("another method or path is refused as such", () => {
    const body = inspected(JSON.stringify(CALL));
    expect(codeOf(() => readActions(head("/v1/messages", "GET"), body))).toBe("method_not_allowed");
    expect(codeOf(() => readActions(head("/v1/models", "POST"), body))).toBe("method_not_allowed");
    for (const path of [
      "/v1/messages/",
      "/v1/messages/batches",
      "/v1/models/a/b",
      "/v1/models/",
      "/v1/complete",
    ]) {
      expect(isAnthropicPath(path)).toBe(false);
      expect(codeOf(() => readActions(head(path), body))).toBe("not_found");
    }
  });
});
