/** Prints what reading and redacting a body costs, in microseconds: `node packages/inspect/bench/inspect.ts`. */
import { readFileSync } from "node:fs";
import { readJson } from "../src/json.ts";
import { redactJson } from "../src/redact.ts";

const WATCHED = ["messages", "tools", "mcp_servers"];
const KEY = "sk-ant-api03-R2D2c3po00000000000000000000000000_example-AA";
const ROUNDS = 21;
const ROUND_MS = 20;

/** Text of the kind agents send: source files and test output. */
const TEXT = ["json.ts", "json-scanner.ts", "gram-search.ts", "secret-places.ts", "json-path.ts"]
  .map((name) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8"))
  .join("\n");

/** An agent's conversation of about `size` bytes; with a key in every message when asked. */
function conversation(size: number, withKeys: boolean): Buffer {
  const messages: object[] = [];
  for (let length = 0, from = 0; length < size; length += 1_700) {
    const text = TEXT.slice(from, from + Math.min(1_500, size - 300)) + (withKeys ? KEY : "");
    messages.push({
      role: "user",
      content: [{ type: "tool_result", tool_use_id: `toolu_${length}`, content: text }],
    });
    from = (from + 1_500) % (TEXT.length - 1_500);
  }
  return Buffer.from(
    JSON.stringify({ model: "claude-sonnet-4-5", max_tokens: 1_024, stream: true, messages }),
  );
}

/** Median microseconds of a call. */
function measure(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < ROUND_MS) {
      run();
      calls++;
    }
    times.push(((performance.now() - start) / calls) * 1_000);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

const rows = [1_000, 100_000, 1_000_000].map((size) => {
  const clean = conversation(size, false);
  const secret = conversation(size, true);
  const cleanDocument = readJson(clean, WATCHED);
  const secretDocument = readJson(secret, WATCHED);
  const row: Record<string, number> = { bytes: clean.length };
  row.read = measure(() => readJson(clean, WATCHED));
  row["redact, clean"] = measure(() => redactJson(clean, cleanDocument));
  row["redact, a key each 1.7 KB"] = measure(() => redactJson(secret, secretDocument));
  row["JSON.parse"] = measure(() => JSON.parse(clean.toString()));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value.toFixed(1)]));
});
process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join("\n")}\n`);
