import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClaudeCodeOptions, runClaudeCode } from "@yolo/testkit/claude-code";
import { fetchClaudeCode } from "@yolo/testkit/claude-code-binary";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type TestModelServer } from "./server.ts";

const claude = await fetchClaudeCode();
if ("unavailable" in claude) process.stdout.write(`skipped: ${claude.unavailable}\n`);

describe.skipIf("unavailable" in claude)("the real Claude Code is served", () => {
  let server: TestModelServer;
  beforeAll(async () => {
    server = await startServer({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.drain(0));

  function run(prompt: string, more: Partial<ClaudeCodeOptions> = {}) {
    const path = "path" in claude ? claude.path : "";
    return runClaudeCode({ path, baseUrl: server.url, key: "ylg_test_x", prompt, ...more });
  }

  test("a turn in which it thinks, runs a Bash call and sends the history back", async () => {
    const command = JSON.stringify({ command: "echo sum-$((40+2))", description: "add" });
    const { exitCode, result, stderr } = await run(`#test thinking\n#test tool Bash ${command}`);
    expect(stderr).toBe("");
    expect(result).toMatchObject({
      is_error: false,
      num_turns: 2,
      result: "The tool answered: sum-42",
    });
    expect(exitCode).toBe(0);
  });

  test("a session goes on where it was left", async () => {
    const home = await mkdtemp(join(tmpdir(), "claude-home-"));
    try {
      const first = await run('#test tool Bash {"command":"env","description":"look"}', { home });
      expect(first.result).toMatchObject({ is_error: false, num_turns: 2 });
      const second = await run("and now?", { home, args: ["--continue"] });
      expect(second.result).toMatchObject({ is_error: false, result: "You said: and now?" });
      expect(second.result?.session_id).toBe(first.result?.session_id);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });

  test("a model that is not there is told to the user", async () => {
    const { exitCode, result } = await run("hello", { model: "test-unheard" });
    expect(exitCode).toBe(1);
    expect(result).toMatchObject({ is_error: true, api_error_status: 404 });
  });

  test("when a stream breaks off in an error event, it recovers without a stream", async () => {
    const { result } = await run("#test error 4");
    expect(result).toMatchObject({ is_error: false, result: "You said: #test error 4" });
  });
});
