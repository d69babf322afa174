import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diskFull } from "./disk.ts";

test.runIf(process.platform === "linux")(
  "the system's own error of a full disk is told as one",
  () => {
    let thrown: unknown;
    try {
      writeFileSync("/dev/full", "x");
    } catch (error) {
      thrown = error;
    }
    expect(diskFull(thrown)?.message).toMatch(/^The disk is full/);
  },
);

test.for([
  'FATAL:  could not write to file "base/1": No space left on device',
  "initdb: error: could not write to file: Disk quota exceeded",
])("so is what a program says: %s", (line) => {
  expect(diskFull(line)?.message).toMatch(/^The disk is full/);
});

test("anything else is not", () => {
  expect(diskFull(new Error("connect ECONNREFUSED"))).toBeUndefined();
  expect(diskFull("FATAL: lock file exists")).toBeUndefined();
});
