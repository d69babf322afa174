/** Builds the dashboard, unless what lies there was built from these very sources. */
import { OperatorError, runCommand } from "@yolo/prisma/operator-error";
import { startDashboardBuild } from "./dashboard-build.ts";
import { listenForStop, unlessStopped } from "./stop-request.ts";

await runCommand(async () => {
  const build = startDashboardBuild();
  if (build === undefined) {
    process.stdout.write("The dashboard is built from these sources already.\n");
    return;
  }
  try {
    await unlessStopped(listenForStop(), build.done);
    process.stdout.write("The dashboard is built.\n");
  } catch (cause) {
    process.stderr.write(`${build.process.lastLines(100).join("\n")}\n`);
    throw new OperatorError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    await build.process.stop();
  }
});
