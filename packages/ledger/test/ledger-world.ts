/** A database with orgs as admission knows them: just enough rows for calls to be recorded and for changes to bump revisions. */
import { newId, newRandomId } from "@yolo/core/ids";
import { connectSql, type Sql } from "@yolo/store/sql";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import type { Intent } from "../src/intent.ts";
import { bareOutcome, type Outcome } from "../src/outcome.ts";

export interface LedgerOrg {
  readonly id: string;
  readonly agent: string;
  readonly project: string;
}

export interface LedgerWorld extends AsyncDisposable {
  readonly database: TestDatabase;
  /** Sees every org. */
  readonly owner: Sql;
  /** As the gateway connects. */
  readonly gateway: Sql;
  newOrg(): Promise<LedgerOrg>;
  /** Changes the org the way a verb does, through the trigger; the revision afterwards. */
  change(org: LedgerOrg): Promise<bigint>;
  revisionOf(org: LedgerOrg): Promise<bigint>;
  /** A registered instance. */
  lease(seconds?: number): Promise<string>;
  sweep(): Promise<number>;
  /** Outcomes of the record, its own first, then the corrections in order. */
  outcomesOf(id: string): Promise<string[]>;
}

const OPTIONS = { statementTimeoutMs: 20_000, lockTimeoutMs: 20_000 };

export async function createLedgerWorld(): Promise<LedgerWorld> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createDatabase());
  const connected = (url: string, name: string, connections: number) => {
    const sql = connectSql(url, { name, connections, ...OPTIONS });
    stack.defer(() => sql.end({ timeout: 1 }));
    return sql;
  };
  const owner = connected(database.ownerUrl, "test owner", 4);
  const gateway = connected(database.gatewayUrl, "test gateway", 8);
  const app = connected(database.appUrl, "test app", 8);

  async function revisionOf({ id }: LedgerOrg): Promise<bigint> {
    const [row] = await owner<{ revision: bigint }[]>`
      SELECT revision FROM org.revisions WHERE org_id = ${id}`;
    return row?.revision ?? 0n;
  }

  return {
    database,
    owner,
    gateway,
    revisionOf,
    newOrg: () => newOrg(app),
    async change(org) {
      await app.begin(async (tx) => {
        await tx`SELECT set_config('yolo.org', ${org.id}, true)`;
        await tx`UPDATE org.settings SET time_zone = time_zone`;
      });
      return revisionOf(org);
    },
    async lease(seconds = 600) {
      const instance = newId();
      await gateway`SELECT directory.renew_lease_1(${instance}, ${newId()}, ${seconds})`;
      return instance;
    },
    async sweep() {
      const [row] = await app<{ closed: number }[]>`SELECT org.sweep_instances_1() AS closed`;
      return row?.closed ?? 0;
    },
    async outcomesOf(id) {
      const rows = await owner<{ outcome: string }[]>`
        SELECT outcome FROM org.outcomes WHERE id = ${id}
        UNION ALL
        SELECT * FROM (SELECT outcome ->> 'outcome' FROM org.corrections WHERE id = ${id} ORDER BY seq) c`;
      return rows.map(({ outcome }) => outcome);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function newOrg(app: Sql): Promise<LedgerOrg> {
  const org = { id: newId(), agent: newId(), project: newId() };
  await app.begin(async (tx) => {
    await tx`SELECT set_config('yolo.org', ${org.id}, true)`;
    await tx`INSERT INTO org.settings (org_id, home) VALUES (${org.id}, 'main')`;
    await tx`INSERT INTO org.projects (org_id, id, slug, name) VALUES (${org.id}, ${org.project}, 'web', 'Web')`;
    await tx`
      INSERT INTO org.agents (org_id, id, project_id, name)
      VALUES (${org.id}, ${org.agent}, ${org.project}, 'builder')`;
  });
  return org;
}

/** An intent that allows, of a session that is on record nowhere. */
export function intentOf(
  org: LedgerOrg,
  over: Partial<Intent> & Pick<Intent, "instance" | "revision">,
): Intent {
  return {
    id: newId(),
    org: org.id,
    project: org.project,
    agent: org.agent,
    key: newId(),
    user: "mem_1",
    session: newRandomId(),
    clientSession: null,
    newSession: false,
    subagent: null,
    parentSubagent: null,
    clientRef: null,
    tier: "api",
    surface: "llm",
    verb: "llm:invoke",
    resource: "anthropic/claude-sonnet-4-5",
    actions: [{ verb: "llm:invoke", resource: "anthropic/claude-sonnet-4-5", facts: {} }],
    actionHash: "ab".repeat(32),
    decision: "allow",
    would: "allow",
    rules: [],
    wouldRules: [],
    explanation: "allowed by line 4",
    policies: [],
    labels: [],
    findings: [],
    requestBytes: 10,
    payload: null,
    status: null,
    error: null,
    latencyMs: null,
    ...over,
  };
}

/** The outcome of a call that went well. */
export function outcomeOf(intent: Intent, over: Partial<Outcome> = {}): Outcome {
  return {
    ...bareOutcome(intent.org, intent.id, "done"),
    status: 200,
    latencyMs: 800,
    firstByteMs: 300,
    responseBytes: 4_096,
    model: "claude-sonnet-4-5",
    inputTokens: 1_000,
    outputTokens: 50,
    cacheReadTokens: 600,
    cacheWriteTokens: 0,
    metering: "reported",
    costMicros: "3750",
    priceTable: "list@1",
    ...over,
  };
}
