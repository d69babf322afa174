/** Records whose decision the engine made, in a database of one's own, and dry runs of drafts on them. */
import { startDryRun } from "@yolo/control/dry-run/start";
import { createRecorder, type Recorder } from "@yolo/control/test/recorder";
import { createTwoOrgs, POLICY, type TestOrg, type TwoOrgs } from "@yolo/control/test/two-orgs";
import type { Actions } from "@yolo/core/action";
import { systemClock } from "@yolo/core/clock";
import type { Decision } from "@yolo/core/decision";
import { decodeId, encodeId, newId } from "@yolo/core/ids";
import { sessionIdOf } from "@yolo/identity/session";
import { compilePolicy } from "@yolo/policy/compile";
import type { Engine, Subject } from "@yolo/policy/engine";
import { createJobQueue, type DryRunOrder, type JobQueue } from "@yolo/store/jobs";
import { connectRedis } from "@yolo/store/redis";
import { connectSql } from "@yolo/store/sql";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { pino } from "pino";
import type { JobContext } from "../src/registry.ts";

export interface Call {
  readonly actions: Actions;
  /** Whether the arguments go into the payload. */
  readonly isKept: boolean;
}

export interface Recorded extends Call {
  /** Outside id. */
  readonly id: string;
  readonly decision: Decision;
}

type Draft = Parameters<typeof startDryRun.run>[1]["draft"];

export interface DryRunWorld extends AsyncDisposable {
  readonly orgs: TwoOrgs;
  readonly redis: TestRedis;
  readonly recorder: Recorder;
  readonly jobs: JobQueue;
  /** Admits the calls with the decision of the org's policy. */
  record(org: TestOrg, calls: readonly Call[]): Promise<readonly Recorded[]>;
  /** What an engine of this text alone decides about a recorded call. */
  decide(org: TestOrg, text: string, recorded: Recorded): Decision;
  start(
    org: TestOrg,
    draft: Draft,
    as?: "owner" | "developer",
  ): Promise<{ readonly id: string; readonly order: DryRunOrder }>;
  context(over?: Partial<JobContext>): JobContext;
}

const SESSION = "d97e2169";

export async function createDryRunWorld(): Promise<DryRunWorld> {
  const orgs = await createTwoOrgs();
  const recorder = await createRecorder(orgs);
  const redis = await createRedis();
  const producer = connectRedis(redis.url);
  const jobs = createJobQueue(producer);
  const sql = connectSql(orgs.urls.appUrl, {
    ...{ name: "test", connections: 1, statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 },
  });
  const recordOne = async (org: TestOrg, engine: Engine, { actions, isKept }: Call) => {
    const [first] = actions;
    const decision = engine.decideAll(subjectOf(org), actions, { now: Date.now(), usage: {} });
    const stored = actions.map(({ verb, resource, facts }) => ({ verb, resource, facts }));
    const args = actions.map((action) => action.args);
    const { id } = await recorder.admit(org, {
      ...{ clientSession: SESSION, verb: first.verb, resource: first.resource, actions: stored },
      ...{ decision: decision.effect, would: decision.would, explanation: decision.explanation },
      ...{ rules: decision.rules, wouldRules: decision.wouldRules, labels: decision.labels },
      ...(isKept && { request: JSON.stringify({ v: 1, args, body: null }) }),
    });
    return { actions, isKept, id, decision };
  };
  return {
    ...{ orgs, redis, recorder, jobs },
    async record(org, calls) {
      const engine = engineOf(org, POLICY);
      const recorded: Recorded[] = [];
      for (const call of calls) recorded.push(await recordOne(org, engine, call));
      return recorded;
    },
    decide: (org, text, { actions }) =>
      engineOf(org, text).decideAll(subjectOf(org), actions, { now: Date.now(), usage: {} }),
    async start(org, draft, as = "owner") {
      const context = { ...orgs.as(org.members[as]), jobs };
      const { id } = await startDryRun.run(context, { draft });
      return { id, order: { org: org.orgId, run: decodeId("dryRun", id) } };
    },
    context: (over = {}) => ({
      ...{ sql, database: orgs.database, secrets: orgs.secrets, clock: systemClock },
      ...{ logger: pino({ level: "silent" }), stopping: new AbortController().signal },
      ...{ isLast: false, ...over },
    }),
    async [Symbol.asyncDispose]() {
      await jobs.close();
      producer.disconnect();
      await sql.end();
      await recorder[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
      await orgs[Symbol.asyncDispose]();
    },
  };
}

function engineOf(org: TestOrg, text: string): Engine {
  const policyId = decodeId("policy", org.policy);
  return compilePolicy([{ policyId, version: 1, layer: "org", text }]);
}

/** The caller of `recorder.admit`, as the gateway's pipeline would describe it. */
function subjectOf(org: TestOrg): Subject {
  const session = sessionIdOf(org.orgId, decodeId("agent", org.agent), SESSION);
  return {
    agent: { id: org.agent, name: "deployer", project: "web" },
    user: {
      id: encodeId("member", org.members.owner.memberId),
      ...{ verified: false, roles: [], groups: [], scopes: [], claims: {} },
    },
    session: { id: encodeId("session", session) },
    tier: "api",
  };
}

/** Rows beside an admitted one, for runs that take a while: the same call again and again. */
export async function multiply(world: DryRunWorld, org: TestOrg, times: number): Promise<void> {
  const owner = connectSql(world.orgs.urls.ownerUrl, {
    ...{ name: "owner", connections: 1, statementTimeoutMs: 30_000, lockTimeoutMs: 5_000 },
  });
  const ids = Array.from({ length: times }, () => newId());
  await owner`
    INSERT INTO org.intents (org_id, id, v, instance_id, project_id, agent_id, key_id, user_id, session_id, tier,
      surface, verb, resource, actions, action_hash, decision, would, rules, would_rules, explanation, policies,
      revision, labels, findings, request_bytes)
    SELECT org_id, n.id, v, instance_id, project_id, agent_id, key_id, user_id, session_id, tier,
      surface, verb, resource, actions, action_hash, decision, would, rules, would_rules, explanation, policies,
      revision, labels, findings, request_bytes
    FROM (SELECT * FROM org.intents WHERE org_id = ${org.orgId} ORDER BY id DESC LIMIT 1) i,
      unnest(${ids}::uuid[]) AS n (id)`;
  await owner.end();
}

export interface HeldRecords extends AsyncDisposable {
  /** Whether somebody waits to read records. */
  isAwaited(): Promise<boolean>;
  release(): Promise<void>;
}

/** From now on nobody reads a record, until it is released. */
export async function holdRecords(world: DryRunWorld): Promise<HeldRecords> {
  const owner = connectSql(world.orgs.urls.ownerUrl, {
    ...{ name: "owner", connections: 2, statementTimeoutMs: 30_000, lockTimeoutMs: 5_000 },
  });
  const locked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const holding = owner.begin(async (transaction) => {
    await transaction`LOCK TABLE org.intents IN ACCESS EXCLUSIVE MODE`;
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  const release = async () => {
    released.resolve();
    await holding;
  };
  return {
    release,
    async isAwaited() {
      const rows = await owner`SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND NOT l.granted`;
      return rows.length > 0;
    },
    async [Symbol.asyncDispose]() {
      await release();
      await owner.end();
    },
  };
}
