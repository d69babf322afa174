import fc from "fast-check";
import { expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { ordinaryPlan } from "./plan.ts";
import { MAGIC_MODELS, readPlan } from "./read-plan.ts";

function refusalOf(model: string, text: string): string {
  try {
    readPlan(model, [text]);
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.message}`;
    throw error;
  }
  throw new Error("it was accepted");
}

test("a magic line is found in any text block, anywhere between other lines", () => {
  const texts = [
    "<system-reminder>\nbe kind\n</system-reminder>",
    "do it:\r\n  #test slow 7 \r\nnow",
  ];
  expect(readPlan("claude-test", texts)).toEqual({ ...ordinaryPlan, delayMs: 7 });
});

test("words around it on the same line make it ordinary text", () => {
  for (const text of ["please #test 500", "##test 500", "#testing 500", "`#test 500`"]) {
    expect(readPlan("claude-test", [text])).toEqual(ordinaryPlan);
  }
});

test("lines add up, the later one wins, tool calls gather", () => {
  const plan = readPlan("test-slow", [
    '#test tool A {"x":{"y":"} {"}}\n#test pace 3',
    "#test slow 1\n#test tool B {}",
  ]);
  expect(plan).toMatchObject({ delayMs: 1, paceMs: 3 });
  expect(plan.toolCalls).toEqual([
    { name: "A", input: { x: { y: "} {" } } },
    { name: "B", input: {} },
  ]);
});

test("a model named for a magic input behaves as the input with its defaults", () => {
  for (const model of MAGIC_MODELS) {
    expect(readPlan(model, [])).toEqual(readPlan("any", [`#test ${model.slice("test-".length)}`]));
  }
});

test("an unknown model that begins with test- is refused with the known ones", () => {
  expect(refusalOf("test-tool", "")).toMatch(/^404 model: test-tool\..*test-429/);
  expect(refusalOf("test-", "")).toMatch(/^404/);
});

test("an unknown or malformed line is refused and named", () => {
  expect(refusalOf("m", "#test")).toMatch(/^400 magic input `#test` is unknown.*tool, stream/);
  expect(refusalOf("m", "#test sloow 1")).toMatch(/^400 magic input `#test sloow 1` is unknown/);
  for (const line of [
    "#test slow x",
    "#test slow -1",
    "#test slow 1.5",
    "#test slow 1 2",
    "#test slow 600001",
    "#test tool",
    "#test tool Bash",
    "#test tool Bash [1]",
    '#test tool Bash {"a":}',
    "#test thinking hard",
  ]) {
    expect(refusalOf("m", line)).toContain(`400 magic input \`${line}\`: `);
  }
});

test("no text makes it fail in any other way", () => {
  const line = fc.tuple(
    fc.constantFrom("#test", "#test tool ", "#test slow", " \t#test", "x"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        readPlan("m", [lines.map((parts) => parts.join("")).join("\n")]);
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
      }
    }),
  );
});

test("a message holds at most 100 magic inputs", () => {
  const line = "#test tool A {}\n";
  expect(readPlan("m", [line.repeat(100)]).toolCalls).toHaveLength(100);
  expect(refusalOf("m", line.repeat(101))).toBe("400 more than 100 magic inputs");
});

test("long runs of spaces cost no more than other text", () => {
  const spaces = " ".repeat(200_000);
  const start = process.threadCpuUsage();
  for (const line of [
    `${spaces}#test tool ${spaces}x`,
    `#test tool x${spaces}x`,
    `#test${spaces}`,
  ]) {
    expect(() => readPlan("m", [line])).toThrow(ApiError);
  }
  const { user, system } = process.threadCpuUsage(start);
  expect(user + system).toBeLessThan(1_000_000);
});
