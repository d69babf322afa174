/** Whether the differential test could fail: without any one clause of the engine it does. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLAUSES } from "./clauses/all.ts";

const seed = Math.floor(Math.random() * 2 ** 31);
const asked = new Map<string, number | null>();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "policy-clauses-"));
  const script = join(import.meta.dirname, "sabotage-run.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--no-warnings",
    script,
    folder,
    String(seed),
  ]);
  for (const line of stdout.trim().split("\n")) {
    const { name, pairs }: { name: string; pairs: number | null } = JSON.parse(line);
    asked.set(name, pairs);
  }
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a copy of the engine without damage answers as expected", () => {
  expect(asked.get("")).toBeGreaterThan(0);
});

describe("taking a clause away is caught within 100,000 pairs", () => {
  test.each(CLAUSES.map(({ name }) => name))("%s", (name) => {
    expect(asked.get(name) ?? null, `seed ${seed}`).not.toBeNull();
  });
});
