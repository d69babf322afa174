import { describe, expect, test } from "vitest";
import { runClaudeCode } from "./claude-code.ts";
import { fetchClaudeCode } from "./claude-code-binary.ts";
import { startUpstream } from "./upstream.ts";
import { anthropicReply, errorReply } from "./upstream-replies.ts";

const claude = await fetchClaudeCode();
const path = "path" in claude ? claude.path : "";
if ("unavailable" in claude) process.stdout.write(`skipped: ${claude.unavailable}\n`);

describe.skipIf("unavailable" in claude)("the real Claude Code", () => {
  test("sends its key, its session and the wanted model, and no credential of this machine", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(anthropicReply({ deltas: ["done"] }));
    const { exitCode, result } = await runClaudeCode({
      path,
      baseUrl: upstream.url,
      key: "ylg_test_x",
      prompt: "hello",
      model: "claude-sonnet-5-5",
      env: { ANTHROPIC_CUSTOM_HEADERS: "x-yolo-key: ylg_test_y" },
    });
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ is_error: false, result: "done" });
    const [seen, ...others] = upstream.requests;
    expect(others).toEqual([]);
    expect(seen?.header("x-api-key")).toBe("ylg_test_x");
    expect(seen?.header("authorization")).toBeUndefined();
    expect(seen?.header("x-yolo-key")).toBe("ylg_test_y");
    expect(seen?.header("x-claude-code-session-id")).toBe(result?.session_id);
    expect(JSON.parse(seen?.body.toString() ?? "")).toMatchObject({ model: "claude-sonnet-5-5" });
  });

  test("shows the reason of a 403 to its user after one call", async () => {
    await using upstream = await startUpstream();
    const reason = "Refused by rule no-opus (line 7). Request id req_1.";
    const headers = { "x-should-retry": "false" };
    upstream.respondWith(errorReply(403, "permission_error", reason, headers));
    const options = { path, baseUrl: upstream.url, key: "ylg_test_x", prompt: "hello" };
    const { exitCode, result } = await runClaudeCode(options);
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({ is_error: true, api_error_status: 403 });
    expect(result?.result).toContain(reason);
    expect(upstream.requests).toHaveLength(1);
  });

  test("is killed with all it started when it takes too long", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(() => undefined);
    const options = { path, baseUrl: upstream.url, key: "ylg_test_x", prompt: "hello" };
    const run = runClaudeCode({ ...options, timeoutMs: 3_000 });
    await expect(run).rejects.toThrow("did not end in 3000 ms");
    await upstream.requests[0]?.ended;
  });
});
