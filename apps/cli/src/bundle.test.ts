import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCli } from "../build.ts";
import { FILES } from "../test/run.ts";

const folder = mkdtempSync(join(tmpdir(), "yolo-cli-"));
let bundle: string;
beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  bundle = await buildCli(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A Node 20 of this machine, else the Node that runs this. */
function olderNode(): string {
  const { PATH = "" } = process.env;
  const candidates = PATH.split(delimiter).map((place) => join(place, "node"));
  const isOlder = (path: string) =>
    existsSync(path) && /^v20\./.test(spawnSync(path, ["--version"]).stdout.toString());
  return candidates.find(isOlder) ?? process.execPath;
}

function yolo(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(olderNode(), [bundle, ...args], {
    ...{ cwd: folder, env: {}, input, encoding: "utf8" },
  });
  return { status, stdout, stderr };
}

test("the one file runs by itself, under Node 20 where there is one", () => {
  expect(yolo(["policy", "lint", "good.yaml"])).toEqual({
    ...{ status: 0, stdout: "1 file: 0 errors, 0 warnings\n", stderr: "" },
  });
  expect(yolo(["policy", "lint", "bad.yaml"])).toMatchObject({ status: 1 });
  expect(yolo(["policy", "test", "good.yaml", "failing.yaml"])).toMatchObject({ status: 0 });
  expect(yolo(["policy", "lint", "none.yaml"])).toMatchObject({
    ...{ status: 2, stdout: "", stderr: expect.stringContaining("none.yaml cannot be read") },
  });
});

test("`-` is standard input, and several actions of one decision are sorted there too", () => {
  const attempt = ["policy", "explain", "git:force_push", "github.com/acme/app#main", "-"];
  const { status, stdout } = yolo([...attempt, "--json"], FILES["good.yaml"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ effect: "deny" });
});
