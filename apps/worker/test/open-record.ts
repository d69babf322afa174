/** An open record of a gateway instance, made by admission itself. */
import { systemClock } from "@yolo/core/clock";
import { newId } from "@yolo/core/ids";
import { createAdmission } from "@yolo/ledger/admission";
import type { Sql } from "@yolo/store/sql";

export interface OpenRecord {
  readonly org: string;
  readonly id: string;
}

/** Registers a new instance for so long, by the database's clock. */
export async function leaseFor(gateway: Sql, seconds: number): Promise<string> {
  const instance = newId();
  await gateway`SELECT directory.renew_lease_1(${instance}, ${newId()}, ${seconds})`;
  return instance;
}

/** Admits one call under the instance; nobody settles it. `owner` is the migrating superuser. */
export async function admitOpen(gateway: Sql, owner: Sql, instance: string): Promise<OpenRecord> {
  const org = newId();
  await owner`INSERT INTO org.revisions (org_id, revision) VALUES (${org}, 1)`;
  const admit = createAdmission({
    sql: gateway,
    clock: systemClock,
    deadlineMs: 10_000,
    onLateCommit: () => undefined,
  });
  const id = newId();
  const verdict = await admit({
    id,
    org,
    revision: "1",
    instance,
    project: newId(),
    agent: newId(),
    key: newId(),
    user: "auth0|17",
    session: newId(),
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
    actionHash: "00".repeat(32),
    decision: "allow",
    would: "allow",
    rules: [],
    wouldRules: [],
    explanation: "allowed",
    policies: [],
    labels: [],
    findings: [],
    requestBytes: 1,
    payload: null,
    status: null,
    error: null,
    latencyMs: null,
  });
  if (verdict !== "admitted") throw new Error(`the call is ${verdict}`);
  return { org, id };
}

/** How the record ended; null while it is open. */
export async function outcomeOf(owner: Sql, record: OpenRecord): Promise<string | null> {
  const [row] = await owner<{ outcome: string }[]>`
    SELECT outcome FROM org.outcomes WHERE org_id = ${record.org} AND id = ${record.id}`;
  return row?.outcome ?? null;
}
