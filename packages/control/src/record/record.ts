/** A record as given outside. */
import type { Json } from "@yolo/core/action";
import { EFFECTS } from "@yolo/core/decision";
import { SEVERITIES } from "@yolo/core/finding";
import { encodeId } from "@yolo/core/ids";
import type { RecordRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { Outcome, showOutcome } from "./outcome.ts";
import type { User } from "./users.ts";

const effect = z.enum(EFFECTS);
const action = z.object({
  verb: z.string(),
  resource: z.string(),
  /** What a policy could look at. */
  facts: z.record(z.string(), z.unknown()),
});
/** What content inspection found; never the found text. */
const finding = z.object({
  type: z.string(),
  severity: z.enum(SEVERITIES),
  /** JSON Pointer (RFC 6901) of the string it stood in. */
  place: z.string(),
  handling: z.enum(["replaced", "kept"]),
});

const rule = z.strictObject({
  /** The rule's own id, or `line <n>`. */
  id: z.string(),
  policyId: shownId("policy"),
  version: z.int(),
  line: z.int(),
  effect,
  reason: z.string().optional(),
});

export const Record = z.strictObject({
  id: shownId("record"),
  at: shownMoment(),
  /** True while there is no outcome. */
  open: z.boolean(),
  surface: z.string(),
  /** Verb and resource of the first action: what the request is. The explanation names the one that decided. */
  verb: z.string(),
  resource: z.string(),
  /** Every action of the call, in order. */
  actions: z.array(action),
  /** SHA-256 of the canonical actions, hex. */
  actionHash: z.string(),
  decision: effect,
  /** What it would have been if documents in evaluate counted. */
  would: effect,
  explanation: z.string(),
  rules: z.array(rule),
  wouldRules: z.array(rule),
  /** The published versions that the decision was made under. */
  policies: z.array(z.strictObject({ policyId: shownId("policy"), version: z.int() })),
  labels: z.array(z.string()),
  findings: z.array(finding),
  project: z.strictObject({ id: shownId("project"), slug: z.string().nullable() }),
  agent: z.strictObject({ id: shownId("agent"), name: z.string().nullable() }),
  key: z.strictObject({ id: shownId("agentKey"), lastFour: z.string().nullable() }),
  /** Who it was done for. `email` is null for a user of the customer's own. */
  user: z.strictObject({ id: z.string(), email: z.string().nullable() }),
  session: z.strictObject({ id: shownId("session"), clientSession: z.string().nullable() }),
  subagent: z.string().nullable(),
  parentSubagent: z.string().nullable(),
  clientRef: z.string().nullable(),
  tier: z.string(),
  requestBytes: z.int(),
  outcome: Outcome.nullable(),
});

/** How the ledger keeps rules and versions: with the database's ids, and fields of later releases beside them. */
const storedRules = z.array(z.object({ ...rule.shape, policyId: z.uuid() }));
const storedPolicies = z.array(z.object({ policyId: z.uuid(), version: z.int() }));

export function showRecord(row: RecordRow, user: User): z.output<typeof Record> {
  return {
    id: encodeId("record", row.id),
    at: showMoment(row.at),
    open: row.outcome === null,
    surface: row.surface,
    verb: row.verb,
    resource: row.resource,
    actions: z.array(action).parse(row.actions),
    actionHash: Buffer.from(row.actionHash).toString("hex"),
    decision: effect.parse(row.decision),
    would: effect.parse(row.would),
    explanation: row.explanation,
    rules: showRules(row.rules),
    wouldRules: showRules(row.wouldRules),
    policies: storedPolicies
      .parse(row.policies)
      .map(({ policyId, version }) => ({ policyId: encodeId("policy", policyId), version })),
    labels: [...row.labels],
    findings: z.array(finding).parse(row.findings),
    project: { id: encodeId("project", row.projectId), slug: row.projectSlug },
    agent: { id: encodeId("agent", row.agentId), name: row.agentName },
    key: { id: encodeId("agentKey", row.keyId), lastFour: row.keyLastFour },
    user,
    session: { id: encodeId("session", row.sessionId), clientSession: row.clientSession },
    subagent: row.subagent,
    parentSubagent: row.parentSubagent,
    clientRef: row.clientRef,
    tier: row.tier,
    requestBytes: row.requestBytes,
    outcome: showOutcome(row),
  };
}

function showRules(stored: Json): z.output<typeof rule>[] {
  return storedRules.parse(stored).map(({ policyId, reason, ...rest }) => ({
    ...rest,
    policyId: encodeId("policy", policyId),
    ...(reason !== undefined && { reason }),
  }));
}
