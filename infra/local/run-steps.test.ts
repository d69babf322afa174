import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runStages } from "./run-steps.ts";
import type { Stage, Step } from "./test-steps.ts";

const folder = mkdtempSync(join(tmpdir(), "yolo-steps-"));
afterAll(() => rmSync(folder, { recursive: true }));

function step(name: string, script: string): Step {
  return { name, command: [process.execPath, "-e", script], cwd: folder };
}

/** Ends only when it is interrupted, and then a while later; writes down that it was. */
function endless(name: string): Step {
  return step(
    name,
    `const { writeFileSync } = require("node:fs");
    process.on("SIGINT", () => {
      writeFileSync("${name}.interrupted", "");
      setTimeout(() => process.exit(0), 50);
    });
    writeFileSync("${name}.up", "");
    setInterval(() => {}, 1000);`,
  );
}

/** Ends with this code once these files are there. */
function after(name: string, files: readonly string[], code: number): Step {
  return step(
    name,
    `const { existsSync, writeFileSync } = require("node:fs");
    writeFileSync("${name}.up", "");
    console.log("${name} waits");
    setInterval(() => {
      if (!${JSON.stringify(files)}.every((file) => existsSync(file))) return;
      console.error("${name} ends");
      process.exit(${code});
    }, 10);`,
  );
}

function isThere(file: string): boolean {
  return existsSync(join(folder, file));
}

async function run(stages: readonly Stage[], stop = new AbortController().signal) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const count = await runStages(stages, { env: process.env, stop, say });
  return { count, said };
}

test("lanes run beside each other, and what each step printed stands in one piece", async () => {
  const one = after("one", ["other.up"], 0);
  const other = after("other", ["one.up"], 0);
  const { count, said } = await run([[[one], [other]]]);
  expect(count).toEqual({ passed: 2, failed: 0 });
  const piece = (name: string) =>
    expect.stringMatching(
      `^\n── ${name}\n${name} waits\n${name} ends\n── ${name}: passed \\(\\d+ s\\)$`,
    );
  expect(said.toSorted()).toEqual([piece("one"), piece("other")]);
});

test("the first failure interrupts what runs beside it, which is not counted, and nothing follows", async () => {
  const failing = after("failing", ["beside.up"], 3);
  const never = step("never", "");
  const { count, said } = await run([
    [
      [failing, never],
      [endless("beside"), never],
    ],
    [[never]],
  ]);
  expect(count).toEqual({ passed: 0, failed: 1 });
  expect(said).toEqual([
    expect.stringMatching(/── failing: FAILED \(\d+ s\)$/),
    "\n── beside\n── beside: stopped",
  ]);
});

test("a request to stop interrupts every lane", async () => {
  const stopping = new AbortController();
  const asked = run(
    [[[endless("left")], [endless("right")]], [[step("never", "")]]],
    stopping.signal,
  );
  await expect.poll(() => ["left", "right"].every((name) => isThere(`${name}.up`))).toBe(true);
  stopping.abort();
  const { said } = await asked;
  expect(said.toSorted()).toEqual(["\n── left\n── left: stopped", "\n── right\n── right: stopped"]);
  expect(["left", "right"].every((name) => isThere(`${name}.interrupted`))).toBe(true);
});

test("a program that does not start has failed", async () => {
  const absent: Step = { name: "absent", command: ["/no/such/program"] };
  for (const stage of [[[absent]], [[absent], []]]) {
    const { count, said } = await run([stage]);
    expect(count).toEqual({ passed: 0, failed: 1 });
    expect(said.join("\n")).toMatch(/ENOENT[\s\S]*absent: FAILED/);
  }
});
