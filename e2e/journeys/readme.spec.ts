import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { fetchClaudeCode } from "@yolo/testkit/claude-code-binary";
import { test } from "../journey.ts";
import type { Product } from "../product.ts";
import { readReadme } from "../readme.ts";

const run = promisify(execFile);
const CHECKOUT = resolve(import.meta.dirname, "../..");
/** Inside the checkout, where the packages are found. */
const SCRATCH = resolve(import.meta.dirname, "../test-results");

/** A folder that looks like the checkout after `npm start -- --demo`, as far as the commands look. */
function newcomersFolder({ data }: Product): string {
  mkdirSync(SCRATCH, { recursive: true });
  const folder = mkdtempSync(join(SCRATCH, "readme-"));
  symlinkSync(data, join(folder, ".local"));
  return folder;
}

function connected({ ready }: Product) {
  const { PATH } = process.env;
  return { PATH, ANTHROPIC_BASE_URL: ready.gateway, ANTHROPIC_AUTH_TOKEN: ready.agentKey };
}

test("its shell commands run one after the other and do what it says", async ({ product }) => {
  const readme = readReadme(product.ready);
  const folder = newcomersFolder(product);
  const claude = await fetchClaudeCode();
  if ("path" in claude) symlinkSync(claude.path, join(folder, "claude"));
  else process.stdout.write(`skipped: ${claude.unavailable}\n`);
  const isPossible = (code: string) => "path" in claude || !/^claude/m.test(code);
  // Not a terminal, so that nothing waits for input; the refused call ends with code 1, as it should.
  const script = ["exec </dev/null", ...readme.shell.filter(isPossible), "true"].join("\n");
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    HOME: folder,
    IS_SANDBOX: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
  };
  const { stdout } = await run("bash", ["-c", script], { cwd: folder, env });

  expect(stdout).toContain('"text":"You said: hello"');
  expect(stdout).toContain('"mode":"client_credential"');
  expect(stdout).toMatch(/"key":"ylg_live_\w+"/);
  expect(stdout).toMatch(/"data":\[\{"id":"req_[0-9a-f]{32}"/);
  expect(stdout).toMatch(/"data":\[\{"id":"ses_[0-9a-f]{32}"/);
  if (!("path" in claude)) return;
  expect(stdout).toMatch(/^You said: hello$/m);
  expect(withoutIds(stdout)).toContain(withoutIds(readme.refusal));
});

/** Ids as the README writes them, and no line breaks. */
function withoutIds(text: string): string {
  return text
    .replaceAll(/req_[0-9a-f]+…?/g, "req_…")
    .replaceAll(/\s+/g, " ")
    .trim();
}

test("its TypeScript runs", async ({ product }) => {
  const path = join(newcomersFolder(product), "example.ts");
  writeFileSync(path, readReadme(product.ready).typescript);
  const { stdout } = await run(process.execPath, [path], { env: connected(product) });
  expect(stdout).toContain("You said: hello");
});

test("its Python is valid", async ({ product }) => {
  const hasPython = await run("python3", ["--version"]).then(
    () => true,
    () => false,
  );
  if (!hasPython) process.stdout.write("skipped: there is no Python here\n");
  test.skip(!hasPython);
  const path = join(newcomersFolder(product), "example.py");
  writeFileSync(path, readReadme(product.ready).python);
  await run("python3", ["-m", "py_compile", path]);
});

test("its Python runs", async ({ product }) => {
  const hasPackage = await run("python3", ["-c", "import anthropic"]).then(
    () => true,
    () => false,
  );
  if (!hasPackage) process.stdout.write("skipped: Python has no package anthropic here\n");
  test.skip(!hasPackage);
  const { python } = readReadme(product.ready);
  const { stdout } = await run("python3", ["-c", python], { env: connected(product) });
  expect(stdout).toContain("You said: hello");
});

test("the commands it names exist", ({ product }) => {
  const manifest = readFileSync(join(CHECKOUT, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest);
  const named = readReadme(product.ready).scripts;
  expect(named).toContain("start");
  for (const name of named) expect(scripts).toHaveProperty(name);
});
