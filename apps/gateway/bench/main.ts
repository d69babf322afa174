/**
 * `npm run bench [-- --quick]`: our gateway beside a bare Node proxy, nginx and no proxy at all, in one run.
 * Started by infra/local/bench.ts, on another core than the one under test. Exit code 1 when any call went wrong.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { requireOtherCore } from "./cores.ts";
import { createHouse } from "./house.ts";
import { nodeLoop } from "./load/closed-loop.ts";
import { wrkLoop } from "./load/wrk.ts";
import { QUICK, WHOLE } from "./plan.ts";
import { debianProgram, versionOf } from "./programs.ts";
import { describeMachine } from "./report/machine.ts";
import { report } from "./report/report.ts";
import { runAll } from "./run.ts";
import { startBareNode } from "./targets/bare-node.ts";
import { direct } from "./targets/direct.ts";
import { startNginx } from "./targets/nginx.ts";
import { startOurGateway } from "./targets/our-gateway.ts";
import { startUpstream } from "./upstream/upstream.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const stack = new AsyncDisposableStack();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(130)));
}

try {
  process.exitCode = await bench();
} finally {
  await stack.disposeAsync();
}

async function bench(): Promise<number> {
  const startedAt = performance.now();
  requireOtherCore();
  const folder = mkdtempSync(join(tmpdir(), "yolo-bench-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const nginx = debianProgram("nginx");
  const wrk = debianProgram("wrk");
  const upstream = stack.use(await startUpstream(nginx, folder));
  const house = stack.use(await createHouse(upstream.url));
  const targets = [
    direct(upstream.url),
    ...(nginx === null ? [] : [await startNginx(nginx, { upstreamUrl: upstream.url, folder })]),
    await startBareNode(upstream.url),
    await startOurGateway(house),
  ];
  for (const target of targets) stack.use(target);
  const machine = describeMachine({
    Postgres: house.databaseVersion,
    nginx: nginx && versionOf(nginx),
    wrk: wrk && versionOf(wrk),
  });
  const run = await runAll({
    plan: values.quick ? QUICK : WHOLE,
    house,
    targets,
    load: wrk === null ? nodeLoop : wrkLoop(wrk, folder),
    startFresh: () => startOurGateway(house),
    onProgress: (text) => process.stderr.write(`${text}\n`),
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const text = report({ run, machine, seconds, hasNginx: nginx !== null });
  process.stdout.write(`${text}\n`);
  return run.errors.length === 0 ? 0 : 1;
}
