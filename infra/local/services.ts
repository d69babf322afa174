/**
 * Postgres and Redis for a day of writing tests: `node infra/local/services.ts` prints what to export, so that
 * every test run uses this one pair, and stays until it is ended.
 */
import { once } from "node:events";
import { runCommand } from "@yolo/prisma/operator-error";
import { startTestServices } from "./test-services.ts";

await runCommand(async () => {
  await using services = await startTestServices();
  const { TEST_DATABASE_URL, TEST_REDIS_URL } = services.env;
  process.stdout.write(`export TEST_DATABASE_URL=${TEST_DATABASE_URL}\n`);
  process.stdout.write(`export TEST_REDIS_URL=${TEST_REDIS_URL}\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "SIGHUP")]);
});
