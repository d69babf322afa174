/**
 * Postgres and Redis for a day of writing tests: `node infra/local/services.ts` prints what to export, so that
 * every test run uses this one pair, and stays until it is ended.
 */
import { once } from "node:events";
import { runCommand } from "@yolo/prisma/operator-error";
import { listenForStop } from "./stop-request.ts";
import { startTestServices } from "./test-services.ts";

await runCommand(async () => {
  const stop = listenForStop();
  const alive = setInterval(() => undefined, 60_000);
  // Tests end processes, never the machine; waiting for the disk at each commit would take most of their time.
  await using services = await startTestServices({ fsync: false });
  for (const [name, value] of Object.entries(services.env)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
  process.stdout.write("# ready\n");
  if (!stop.aborted) await once(stop, "abort");
  clearInterval(alive);
});
