import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type ClaudeCodeRun, runClaudeCode } from "@yolo/testkit/claude-code";
import { fetchClaudeCode } from "@yolo/testkit/claude-code-binary";
import { test } from "../journey.ts";
import type { Product } from "../product.ts";

const FETCH_MS = 330_000;
const MODEL = "claude-sonnet-5-5";
/** Sent as it is; the program renames models that its makers have retired. */
const REFUSED_MODEL = "claude-fable-5";

interface Prompt {
  readonly prompt: string;
  readonly model?: string;
  readonly home?: string;
  readonly args?: readonly string[];
}

/** One prompt of the real program, as the newcomer's next step says: at the gateway, with the demo's key. */
async function ask({ ready }: Product, options: Prompt): Promise<ClaudeCodeRun> {
  const claude = await fetchClaudeCode();
  if (!("path" in claude)) throw new Error(claude.unavailable);
  return runClaudeCode({
    path: claude.path,
    baseUrl: ready.gateway,
    key: ready.agentKey,
    model: MODEL,
    ...options,
  });
}

test.beforeAll(async () => {
  test.setTimeout(FETCH_MS);
  const claude = await fetchClaudeCode();
  if ("path" in claude) return;
  process.stdout.write(`skipped: ${claude.unavailable}\n`);
  test.skip(true, claude.unavailable);
});

test("a turn in which a Bash call runs: each model call is on record under the client's own session", async ({
  product,
  api,
}) => {
  const run = await ask(product, {
    prompt: '#test tool Bash {"command":"echo governed-$((6*7))"}',
  });
  expect(run, run.stderr).toMatchObject({ exitCode: 0, result: { is_error: false, num_turns: 2 } });
  expect(run.result?.result).toContain("The tool answered: governed-42");

  const records = await api.closedRecords(String(run.result?.session_id));
  expect(records).toHaveLength(2);
  for (const record of records) {
    expect(record).toMatchObject({
      verb: "llm:invoke",
      resource: `anthropic/${MODEL}`,
      decision: "allow",
      session: { id: records[0]?.session.id, clientSession: run.result?.session_id },
      subagent: null,
      outcome: { outcome: "done", status: 200, tokens: { metering: "reported" } },
    });
  }
});

test("a model that the policy does not allow: one call, and the reason with the nearest rule's line in the program's output", async ({
  product,
  api,
}) => {
  const run = await ask(product, { prompt: "hello", model: REFUSED_MODEL });
  expect(run).toMatchObject({ exitCode: 1, result: { is_error: true, api_error_status: 403 } });
  const said = String(run.result?.result);
  const [record, ...more] = await api.closedRecords(String(run.result?.session_id));
  expect(more).toEqual([]);
  expect(record).toMatchObject({ decision: "deny", outcome: { outcome: "refused", status: 403 } });
  expect(said).toContain(`No rule allows llm:invoke on anthropic/${REFUSED_MODEL}`);
  expect(said).toMatch(/The nearest rule is line \d+ \(allow llm:\*/);
  expect(said).toContain(record?.explanation);
  expect(said).toContain(record?.id);
});

test("a Bash call that prints the agent key: the model never sees it, and the session goes on", async ({
  product,
  api,
}) => {
  const home = await mkdtemp(join(tmpdir(), "claude-home-"));
  try {
    const first = await ask(product, {
      home,
      prompt: '#test tool Bash {"command":"env | grep ANTHROPIC_API_KEY"}',
    });
    expect(first, first.stderr).toMatchObject({ exitCode: 0, result: { is_error: false } });
    expect(first.result?.result).toContain("ANTHROPIC_API_KEY=[secret:agent_key]");

    const second = await ask(product, { home, prompt: "and now?", args: ["--continue"] });
    expect(second, second.stderr).toMatchObject({ exitCode: 0, result: { is_error: false } });
    expect(second.result?.result).toContain("You said: and now?");

    const session = String(first.result?.session_id);
    expect(second.result?.session_id).toBe(session);
    const records = await api.closedRecords(session);
    expect(records.map(({ outcome }) => outcome?.outcome)).toEqual(["done", "done", "done"]);
    expect(records.map(({ findings }) => findings.map(({ type }) => type))).toEqual([
      [],
      ["agent_key"],
      ["agent_key"],
    ]);
    expect(records[1]?.findings[0]).toMatchObject({
      handling: "replaced",
      place: expect.stringMatching(/^\/messages\/\d+\/content\/\d+\/content/),
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

test("a sub-agent's calls name it, in the session of the run that started it", async ({
  product,
  api,
}) => {
  const input = { description: "greet", prompt: "say hi", subagent_type: "general-purpose" };
  const run = await ask(product, { prompt: `#test tool Agent ${JSON.stringify(input)}` });
  expect(run, run.stderr).toMatchObject({ exitCode: 0, result: { is_error: false } });
  const records = await api.closedRecords(String(run.result?.session_id));
  const [subagent, ...others] = new Set(records.flatMap((record) => record.subagent ?? []));
  expect(subagent).toMatch(/^[0-9a-f]+$/);
  expect(others).toEqual([]);
  expect(new Set(records.map(({ session }) => session.id)).size).toBe(1);
  expect(records.filter((record) => record.subagent === null).length).toBeGreaterThanOrEqual(2);
});
