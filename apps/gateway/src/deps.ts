/** The one place where the parts of the gateway are put together. */
import { systemClock } from "@yolo/core/clock";
import { type Admit, createAdmission } from "@yolo/ledger/admission";
import type { Outcome } from "@yolo/ledger/outcome";
import { createSettlement } from "@yolo/ledger/settlement";
import { readSecrets } from "@yolo/store/secrets-file";
import { connectSql } from "@yolo/store/sql";
import type { Logger } from "pino";
import { createArrivals } from "./arrivals.ts";
import type { Env } from "./env.ts";
import { holdLease } from "./lease.ts";
import { createLive } from "./live.ts";
import { createMetrics } from "./metrics.ts";
import type { PipelineDeps } from "./pipeline/handle.ts";
import { notSent } from "./pipeline/record.ts";
import { createSessions } from "./pipeline/session.ts";
import { createRoom } from "./room.ts";
import { createTenantCache } from "./tenant/cache.ts";
import { openCallNotes } from "./unrecorded/open-call-notes.ts";
import { createConnections } from "./upstream/connections.ts";

/** No record by then, no action. */
const ADMISSION_DEADLINE_MS = 2_000;
/** Below the deadline, so that the database has given up when we do. */
const STATEMENT_TIMEOUT_MS = 1_500;
const LOCK_TIMEOUT_MS = 1_000;
/** Two batches of admission, two of settlement, and one of each retried call by call. */
const HOT_CONNECTIONS = 8;
const READ_CONNECTIONS = 4;
/** Live streams of a changed org end within two seconds by notification, within five by this. */
const POLL_MS = 2_000;

export async function createDeps(env: Env, logger: Logger) {
  const secrets = readSecrets(env.SECRETS_FILE);
  const clock = systemClock;
  const timeouts = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, lockTimeoutMs: LOCK_TIMEOUT_MS };
  const hot = connectSql(env.DATABASE_URL, {
    name: "gateway admission",
    connections: HOT_CONNECTIONS,
    ...timeouts,
  });
  const reads = connectSql(env.DATABASE_URL, {
    name: "gateway snapshots",
    connections: READ_CONNECTIONS,
    ...timeouts,
  });
  // Of its own, so that no crowd of look-ups stands between this process and its lease.
  const leasing = connectSql(env.DATABASE_URL, {
    name: "gateway lease",
    connections: 1,
    ...timeouts,
  });
  const arrivals = createArrivals();
  const live = createLive({ peppers: secrets.peppers, now: clock.now });
  const settlement = createSettlement({
    sql: hot,
    onBatch: (outcomes) => metrics.batchItems.observe({ of: "settlement" }, outcomes),
    onError(error) {
      metrics.settleErrors.inc();
      logger.warn({ err: error }, "an outcome could not be written; trying again");
    },
  });
  const lease = await holdLease({
    sql: leasing,
    clock,
    leaseSeconds: env.LEASE_SECONDS,
    renewSeconds: env.RENEW_SECONDS,
    oldestOpen: live.oldestOpen,
    onLost() {
      logger.error("the lease cannot be renewed: admitting nothing, ending live streams");
      live.cutAll("lease_ended");
    },
    onError: (error) => logger.warn({ err: error }, "renewing the lease failed"),
  });
  const metrics = createMetrics({
    live: live.size,
    unsettled: settlement.pending,
    leased: () => lease.instanceId() !== null,
  });
  const tenants = await createTenantCache({
    sql: reads,
    secrets,
    pollMs: POLL_MS,
    onChange: live.recheck,
    onError: (error) => logger.warn({ err: error }, "an org could not be read"),
  });

  function settle(outcome: Outcome): void {
    metrics.calls.inc({ outcome: outcome.outcome });
    void settlement.settle(outcome).then(() => live.settled(outcome.id));
  }

  const admission = createAdmission({
    sql: hot,
    clock,
    deadlineMs: ADMISSION_DEADLINE_MS,
    onBatch: (intents) => metrics.batchItems.observe({ of: "admission" }, intents),
    onLateCommit: ({ org, id }) => settle(notSent(org, id, "record_unavailable")),
  });

  const room = createRoom({
    callsMax: env.CALLS_MAX,
    waitingMax: env.WAITING_CALLS_MAX,
    live: live.size,
  });

  const admit: Admit = (intent) =>
    room.wait(async () => {
      // Open from the moment the database may know of it.
      live.unsettled(intent.id);
      const done = metrics.admission.startTimer();
      const verdict = await admission(intent);
      done();
      if (verdict !== "admitted" || intent.decision !== "allow") live.settled(intent.id);
      return verdict;
    });

  const connections = createConnections({
    testModelOrigin: env.TEST_MODEL_URL,
    localMode: env.LOCAL_MODE === "1",
  });

  const notes = openCallNotes(env.REDIS_URL, {
    sql: reads,
    peppers: secrets.peppers,
    gatewayDomain: env.GATEWAY_DOMAIN,
    now: clock.now,
    onError: (error) => logger.debug({ err: error }, "a refused call could not be noted"),
  });

  const pipeline: PipelineDeps = {
    tenants,
    peppers: secrets.peppers,
    gatewayDomain: env.GATEWAY_DOMAIN,
    now: clock.now,
    admit,
    sessions: createSessions(),
    instanceId: lease.instanceId,
    connections,
    testModelOrigin: env.TEST_MODEL_URL,
    localMode: env.LOCAL_MODE === "1",
    live,
    room,
    settle,
    onRefused(error, exchange) {
      metrics.refusals.inc({ code: error.code });
      notes.refused(error, exchange);
      // Of an overload the metrics tell; a line for each call would add to it.
      if (error.status < 500 || error.code === "overloaded") return;
      const { requestId } = exchange;
      logger.error({ requestId, code: error.code, detail: error.detail }, error.message);
    },
  };

  return {
    pipeline,
    metrics,
    arrivals,
    live,
    lease,
    settlement,
    async close() {
      await lease
        .end()
        .catch((error) => logger.warn({ err: error }, "the lease was not given back"));
      await tenants.close();
      await connections.close();
      notes.close();
      await Promise.all([hot, reads, leasing].map((sql) => sql.end({ timeout: 2 })));
    },
  };
}

export type Deps = Awaited<ReturnType<typeof createDeps>>;
