/**
 * `npm run bench`: the gateway's bench, with a Postgres and a Redis of its own. This process and all that it starts
 * share the second core; the bench puts what it measures on the first, alone.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { OperatorError, runCommand } from "@yolo/prisma/operator-error";
import { CHECKOUT } from "./data-folder.ts";
import { startTestServices } from "./test-services.ts";

const CORE = "1";
const PROGRAM = join(CHECKOUT, "apps", "gateway", "bench", "main.ts");
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

await runCommand(async () => {
  leaveFirstCore();
  // Servers that somebody shares with us would be on any core, and measured with what others make them do.
  delete process.env.TEST_DATABASE_URL;
  delete process.env.TEST_REDIS_URL;
  await using services = await startTestServices({ fsync: true });
  const bench = spawn(process.execPath, [PROGRAM, ...process.argv.slice(2)], {
    env: { ...process.env, ...services.env },
    stdio: "inherit",
    detached: true,
  });
  for (const signal of SIGNALS) process.on(signal, () => bench.kill(signal));
  const [code] = await once(bench, "exit");
  process.exitCode = typeof code === "number" ? code : 1;
});

function leaveFirstCore(): void {
  if (process.platform !== "linux" || availableParallelism() < 2) {
    throw new OperatorError("The bench needs Linux and two cores.");
  }
  const pinned = spawnSync("taskset", ["-a", "-c", "-p", CORE, String(process.pid)]);
  if (pinned.status !== 0) {
    throw new OperatorError(
      "The bench needs taskset (package util-linux) and may use cores 0 and 1.",
    );
  }
}
