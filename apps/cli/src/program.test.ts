import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FILES, run } from "../test/run.ts";
import { COMMANDS } from "./program.ts";

const files = FILES;
const main = "github.com/acme/app#main";

describe("exit codes", () => {
  test.for([
    [0, ["policy", "lint", "good.yaml"]],
    [0, ["policy", "lint", "warned.yaml"]],
    [0, ["policy", "lint", "failing.yaml"]],
    [1, ["policy", "lint", "warned.yaml", "--strict"]],
    [1, ["policy", "lint", "good.yaml", "bad.yaml"]],
    [0, ["policy", "test", "good.yaml"]],
    [1, ["policy", "test", "failing.yaml"]],
    [0, ["policy", "test", "failing.yaml", "good.yaml"]],
    [1, ["policy", "test", "bad.yaml"]],
    [0, ["policy", "diff", "good.yaml", "failing.yaml"]],
    [1, ["policy", "diff", "good.yaml", "failing.yaml", "--exit-code"]],
    [1, ["policy", "diff", "good.yaml", "bad.yaml"]],
    [0, ["policy", "explain", "git:force_push", main, "good.yaml"]],
    [0, ["policy", "explain", "git:force_push", main, "good.yaml", "--expect", "deny"]],
    [1, ["policy", "explain", "git:fetch", main, "good.yaml", "--expect", "deny"]],
    [0, ["policy", "preview", "good.yaml"]],
    [0, ["--help"]],
    [0, ["policy", "lint", "--help"]],
    [2, ["policy"]],
    [2, ["policy", "lnt", "good.yaml"]],
    [2, ["policy", "lint"]],
    [2, ["policy", "lint", "missing.yaml"]],
    [2, ["policy", "lint", "good.yaml", "good.yaml"]],
    [2, ["policy", "lint", "good.yaml", "--surprise"]],
    [2, ["policy", "diff", "good.yaml"]],
    [2, ["policy", "diff", "good.yaml", "failing.yaml", "--from", "1"]],
    [2, ["policy", "explain", "git:*", main, "good.yaml"]],
    [2, ["policy", "explain", "git:fetch", main, "good.yaml", "--at", "yesterday"]],
    [2, ["policy", "explain", "git:fetch", main, "good.yaml", "--args", "[1]"]],
    [2, ["policy", "explain", "git:fetch", main, "good.yaml", "--role", "admin"]],
    [2, ["policy", "preview", "good.yaml", "--tier", "robot"]],
    [2, ["policy", "preview", "good.yaml", "--policy", "pol_1"]],
    [2, ["policy", "preview", "--agent", "agt_1"]],
  ] as const)("%i for %j", async ([code, args]) => {
    const result = await run(args, { files });
    expect(result).toMatchObject({ code });
    expect(result.error === "").toBe(code !== 2);
  });

  test("an API that does not answer is not usable; the token goes nowhere else", async () => {
    const env = { YOLO_API: "http://127.0.0.1:1", YOLO_TOKEN: "ylt_secret" };
    const away = await run(["policy", "preview", "--agent", "agt_1"], { env });
    expect(away.code).toBe(2);
    expect(away.error).toContain("http://127.0.0.1:1 does not answer");
    expect(away.error).not.toContain("ylt_secret");
    const odd = { ...env, YOLO_API: "ftp://127.0.0.1" };
    expect(await run(["policy", "preview", "--agent", "agt_1"], { env: odd })).toMatchObject({
      code: 2,
    });
  });
});

describe("lint", () => {
  test("a finding is one line that editors and CI understand: file, line, column", async () => {
    const { out } = await run(["policy", "lint", "bad.yaml"], { files });
    expect(out.split("\n")).toEqual([
      "bad.yaml:3:5  error  unknown key `alow`; did you mean `allow`? (unknown_key)",
      "1 file: 1 error, 0 warnings",
    ]);
  });

  test("--json is one object", async () => {
    const { out } = await run(["policy", "lint", "bad.yaml", "--json"], { files });
    expect(JSON.parse(out)).toMatchObject({
      ...{ ok: false, errors: 1, warnings: 0 },
      issues: [{ file: "bad.yaml", line: 3, column: 5, severity: "error", code: "unknown_key" }],
    });
  });
});

test("a failing test says what was decided instead, and where it stands", async () => {
  const { out } = await run(["policy", "test", "failing.yaml"], { files });
  expect(out).toContain("FAIL  the other file lets it fetch");
  expect(out).toMatch(/failing\.yaml:4:\d+ {2}test .* expects allow; decided: deny/);
  expect(out).toContain("1 test: 0 passed, 1 failed");
  const { out: json } = await run(["policy", "test", "failing.yaml", "--json"], { files });
  expect(JSON.parse(json)).toMatchObject({ ok: false, tests: [{ effect: "deny", line: 4 }] });
});

test("explain: why, and why not with the nearest rules", async () => {
  const push = ["policy", "explain", "git:push", main, "good.yaml"];
  const { out } = await run([...push, "--args", '{"size": 11}'], { files });
  expect(out).toMatch(/^approve {2}Waits for approval by the rule on line 5/);
  expect(out).toContain(
    "matches  good.yaml:5  approve git:push on github.com/acme/*#refs/heads/main",
  );
  const { out: not } = await run([...push, "--args", '{"size": 1}', "--json"], { files });
  const [step] = JSON.parse(not).steps;
  expect(step.rules.find((rule: { line: number }) => rule.line === 5)).toMatchObject({
    failed: "if",
  });
});

test("preview: a row for each verb and resource, with the line", async () => {
  const { out } = await run(["policy", "preview", "good.yaml"], { files });
  expect(out).toMatch(/^allow +git:fetch +github\.com\/acme\/\*\* +good\.yaml:3$/m);
  expect(out).toMatch(/^deny +git:force_push +github\.com\/acme\/\*\* +good\.yaml:8$/m);
});

test("diff: rules that came, went and changed", async () => {
  const after = FILES["good.yaml"].replace("git:delete_ref]", "git:create_tag]");
  const diff = ["policy", "diff", "good.yaml", "after.yaml"];
  const { out } = await run(diff, { files: { ...files, "after.yaml": after } });
  expect(out.split("\n")).toMatchObject([
    expect.stringMatching(/^- line 8 `history-stands`: deny/),
    expect.stringMatching(/^\+ line 8 `history-stands`: deny/),
    "  changed: verbs",
  ]);
  const { out: same } = await run(["policy", "diff", "good.yaml", "after.yaml"], {
    files: { "good.yaml": after, "after.yaml": `# a remark\n${after}` },
  });
  expect(same).toBe("No rule changes.");
});

test("a policy with errors is told by its own file whatever was asked, also in JSON", async () => {
  for (const args of [
    ["diff", "good.yaml", "bad.yaml"],
    ["preview", "bad.yaml"],
  ]) {
    expect((await run(["policy", ...args], { files })).out).toMatch(/^bad\.yaml:3:5 {2}error/);
    const { out } = await run(["policy", ...args, "--json"], { files });
    expect(JSON.parse(out)).toMatchObject({ ok: false, issues: [{ file: "bad.yaml", line: 3 }] });
  }
});

test("colours stand on a terminal only, and not where NO_COLOR is set", async () => {
  const lint = ["policy", "lint", "bad.yaml"];
  const escapeCode = String.fromCodePoint(0x1b);
  expect((await run(lint, { files, isTerminal: true })).out).toContain(escapeCode);
  expect((await run(lint, { files })).out).not.toContain(escapeCode);
  const env = { NO_COLOR: "1" };
  expect((await run(lint, { files, isTerminal: true, env })).out).not.toContain(escapeCode);
});

test("the page of the command line has every command with its usage and options", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/cli.md"), "utf8");
  for (const { usage, help } of Object.values(COMMANDS)) {
    expect(page).toContain(`yolo ${usage}`);
    for (const [option] of help.join("\n").matchAll(/--[a-z-]+/g)) expect(page).toContain(option);
  }
});
