/** Makes records the only way they are ever made: admitted and settled under the lease of an instance. */
import { systemClock } from "@yolo/core/clock";
import { decodeId, encodeId, newId } from "@yolo/core/ids";
import { sessionIdOf } from "@yolo/identity/session";
import { createAdmission } from "@yolo/ledger/admission";
import type { Intent } from "@yolo/ledger/intent";
import type { Outcome } from "@yolo/ledger/outcome";
import { createSettlement } from "@yolo/ledger/settlement";
import { inOrg } from "@yolo/store/prisma";
import { connectSql } from "@yolo/store/sql";
import { type SealedPlace, seal, unwrapDataKey } from "@yolo/store/vault";
import type { TestOrg, TwoOrgs } from "./two-orgs.ts";

export interface Recorder extends AsyncDisposable {
  /** Admits a call of this org's agent; the outside ids of record and session. */
  admit(
    org: TestOrg,
    over?: Partial<Intent> & { readonly request?: string },
  ): Promise<{ readonly id: string; readonly session: string }>;
  /** Writes an outcome; a second one becomes a correction. */
  settle(
    org: TestOrg,
    record: string,
    over?: Partial<Outcome> & { readonly reply?: string },
  ): Promise<void>;
}

export async function createRecorder(orgs: TwoOrgs): Promise<Recorder> {
  const sql = connectSql(orgs.urls.gatewayUrl, {
    ...{ name: "recorder", connections: 2, statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 },
  });
  const instance = newId();
  await sql`SELECT directory.renew_lease_1(${instance}, ${newId()}, 600)`;
  const admission = createAdmission({
    ...{ sql, clock: systemClock, deadlineMs: 5_000, onLateCommit: () => undefined },
  });
  const settlement = createSettlement({ sql, onError: () => undefined });
  return {
    async admit(org, { request, ...over } = {}) {
      const intent = { ...(await plainIntent(orgs, org)), instance, ...over };
      const agent = decodeId("agent", org.agent);
      const session = sessionIdOf(org.orgId, agent, intent.clientSession ?? intent.id);
      const payload = await sealText(orgs, org, { use: "request", row: intent.id }, request);
      const verdict = await admission({ session, ...intent, payload });
      if (verdict !== "admitted") throw new Error(`the recorder's call is ${verdict}`);
      return { id: encodeId("record", intent.id), session: encodeId("session", session) };
    },
    async settle(org, record, { reply, ...over } = {}) {
      const id = decodeId("record", record);
      const payload = await sealText(orgs, org, { use: "reply", row: id }, reply);
      await settlement.settle({ ...PLAIN_OUTCOME, org: org.orgId, id, payload, ...over });
    },
    async [Symbol.asyncDispose]() {
      await sql.end();
    },
  };
}

async function plainIntent(
  orgs: TwoOrgs,
  org: TestOrg,
): Promise<Omit<Intent, "instance" | "session" | "payload">> {
  const { revision } = await inOrg(orgs.database, org.orgId, (transaction) =>
    transaction.revision.findFirstOrThrow(),
  );
  const rule = {
    ...{ id: "line 4", policyId: decodeId("policy", org.policy), version: 1, line: 4 },
    effect: "allow",
  } as const;
  return {
    ...{ id: newId(), org: org.orgId, revision: revision.toString() },
    project: decodeId("project", org.project),
    agent: decodeId("agent", org.agent),
    key: decodeId("agentKey", org.agentKey),
    user: encodeId("member", org.members.owner.memberId),
    ...{ clientSession: "d97e2169", newSession: true, subagent: null, parentSubagent: null },
    ...{ clientRef: null, tier: "api", surface: "llm", verb: "llm:invoke" },
    resource: "anthropic/claude-sonnet-4-5",
    actions: [
      {
        verb: "llm:invoke",
        resource: "anthropic/claude-sonnet-4-5",
        facts: { model: "claude-sonnet-4-5" },
      },
    ],
    actionHash: "ab".repeat(32),
    ...{ decision: "allow", would: "allow", rules: [rule], wouldRules: [rule] },
    explanation: "allowed by line 4 of floor",
    policies: [{ policyId: rule.policyId, version: 1 }],
    ...{ labels: ["phi"], findings: [], requestBytes: 120 },
    ...{ status: null, error: null, latencyMs: null },
  };
}

const PLAIN_OUTCOME: Omit<Outcome, "org" | "id" | "payload"> = {
  outcome: "done",
  status: 200,
  error: null,
  latencyMs: 812,
  firstByteMs: 340,
  responseBytes: 4_096,
  model: "claude-sonnet-4-5",
  inputTokens: 1_000,
  outputTokens: 50,
  cacheReadTokens: 600,
  cacheWriteTokens: 0,
  metering: "reported",
  costMicros: "3750",
  priceTable: "list@1",
  upstreamRequestId: "req_upstream",
};

async function sealText(
  orgs: TwoOrgs,
  { orgId }: TestOrg,
  place: SealedPlace,
  text: string | undefined,
): Promise<Buffer | null> {
  if (text === undefined) return null;
  const stored = await inOrg(orgs.database, orgId, (transaction) =>
    transaction.dataKey.findFirstOrThrow(),
  );
  const wrapped = { ...stored, wrapped: Buffer.from(stored.wrapped) };
  const dataKey = unwrapDataKey(orgs.secrets.encryptionKeys, wrapped);
  return seal(dataKey, place, Buffer.from(text));
}
