import { startProcess } from "@yolo/testkit/processes";
import { expect, test } from "vitest";
import { costOfTree, parentOf } from "./process-cost.ts";

/** A shell whose child burns a tenth of a second and ends, and which then waits to be told. */
const BURN =
  "const until = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < until);";

test.runIf(process.platform === "linux")(
  "what a child burned counts for its parent, also after it has ended",
  async () => {
    await using parent = startProcess({
      name: "parent",
      command: "/bin/sh",
      args: ["-c", '"$0" -e "$1"; echo burned; sleep 60', process.execPath, BURN],
      env: {},
    });
    await parent.line(/^burned$/);
    const { cpuMicros, rssMb } = costOfTree(parent.pid ?? 0);
    expect(cpuMicros).toBeGreaterThanOrEqual(90_000);
    expect(rssMb).toBeGreaterThan(0);
  },
);

test.runIf(process.platform === "linux")("a process that does not run has no cost", () => {
  expect(() => costOfTree(2 ** 30)).toThrow("does not run");
  expect(parentOf(process.pid)).toBe(process.ppid);
});
