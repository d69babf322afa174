/** The worker process: sweeps and jobs until SIGTERM or SIGINT; a second signal ends it at once. */
import { systemClock } from "@yolo/core/clock";
import { createOperatorServer } from "@yolo/core/operator-server";
import { connectDatabase } from "@yolo/store/prisma";
import { readSecrets } from "@yolo/store/secrets-file";
import { connectSql } from "@yolo/store/sql";
import { pino } from "pino";
import { readEnv } from "./env.ts";
import { type JobWorker, startJobWorker } from "./job-worker.ts";
import { createMetrics } from "./metrics.ts";
import { JOB_HANDLERS, SWEEPS, type Sweep, type WorkerDeps } from "./registry.ts";
import { type SweepLoop, startSweepLoop } from "./sweep-loop.ts";

const env = readEnv(process.env);
const logger = pino({ level: env.LOG_LEVEL, base: { app: "worker" } });
const sql = connectSql(env.DATABASE_URL, {
  name: "worker",
  connections: 4,
  statementTimeoutMs: 60_000,
  lockTimeoutMs: 5_000,
});
const deps: WorkerDeps = {
  ...{ sql, clock: systemClock, logger },
  database: connectDatabase(env.DATABASE_URL),
  secrets: readSecrets(env.SECRETS_FILE),
};
const metrics = createMetrics({ queueConnected: () => jobWorker.isConnected() });
const jobWorker = await startJobs();
const sweepLoops = Object.entries(SWEEPS).map(([name, sweep]) => startSweep(name, sweep));
const server = createOperatorServer({
  checks: () => ({
    sweeps: sweepLoops.every((loop) => loop.isFresh()),
    queue: jobWorker.isConnected(),
  }),
  metrics: async () => ({
    type: metrics.registry.contentType,
    text: await metrics.registry.metrics(),
  }),
});
server.listen(env.PORT, env.HOST, () => logger.info({ address: server.address() }, "listening"));
server.on("error", (error) => {
  logger.fatal({ err: error }, "cannot listen");
  process.exit(1);
});

async function startJobs(): Promise<JobWorker> {
  try {
    return await startJobWorker({
      redisUrl: env.REDIS_URL,
      lockMs: env.JOB_LOCK_SECONDS * 1_000,
      run: (name, data, attempt) => JOB_HANDLERS[name](data, { ...deps, ...attempt }),
      onDone: (job) => metrics.jobs.inc({ job, result: "done" }),
      onFailed(job, error) {
        metrics.jobs.inc({ job, result: "failed" });
        logger.error({ job, err: error }, "job failed");
      },
      onAway: (error) => logger.warn({ err: error }, "Redis is away; jobs wait, sweeps go on"),
      onBack: () => logger.info("Redis is back"),
    });
  } catch (error) {
    logger.fatal({ err: error }, "cannot start without Redis");
    process.exit(1);
  }
}

function startSweep(sweep: string, run: Sweep): SweepLoop {
  return startSweepLoop({
    everyMs: env.SWEEP_SECONDS * 1_000,
    clock: systemClock,
    run: () => run(deps),
    onDone(closed, tookMs) {
      metrics.sweeps.inc({ sweep, result: "done" });
      metrics.sweepSeconds.observe({ sweep }, tookMs / 1_000);
      metrics.swept.inc({ sweep }, closed);
      if (closed > 0) logger.warn({ sweep, closed }, "swept");
    },
    onError(error) {
      metrics.sweeps.inc({ sweep, result: "failed" });
      logger.error({ sweep, err: error }, "sweep failed; it is tried again");
    },
  });
}

async function leave(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await Promise.all([jobWorker.stop(), ...sweepLoops.map((loop) => loop.stop())]);
  await Promise.all([sql.end({ timeout: 5 }), deps.database.$disconnect()]);
}

let going = false;
function onSignal(signal: NodeJS.Signals): void {
  if (going) process.exit(1);
  going = true;
  logger.info({ signal }, "stopping");
  leave().then(
    () => process.exit(0),
    (error) => {
      logger.error({ err: error }, "stopping failed");
      process.exit(1);
    },
  );
}
process.on("SIGTERM", onSignal);
process.on("SIGINT", onSignal);
