import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { installedPrograms, isRoot, postgresUser, reachablePrograms } from "./postgres-home.ts";

test.runIf(isRoot())(
  "programs that lie under a 0700 folder are copied to where the postgres user can run them",
  () => {
    const locked = mkdtempSync(join(tmpdir(), "yolo-locked-"));
    const programs = { folder: join(locked, "native"), version: `test-${process.pid}` };
    cpSync(installedPrograms().folder, programs.folder, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const user = postgresUser();
    const copy = reachablePrograms(programs, user);
    onTestFinished(() => {
      rmSync(locked, { recursive: true });
      rmSync(copy, { recursive: true });
    });
    expect(copy).not.toBe(programs.folder);
    expect(reachablePrograms(programs, user)).toBe(copy);
    const run = spawnSync(join(copy, "bin", "postgres"), ["--version"], {
      ...user,
      cwd: "/",
      encoding: "utf8",
    });
    expect(run.stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
  },
);

test("an ordinary user runs the programs where they lie", () => {
  const programs = installedPrograms();
  expect(reachablePrograms(programs, undefined)).toBe(programs.folder);
});
