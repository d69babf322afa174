/** Reads records: intent, outcome and what came late, newest first. */
import type { Json } from "@yolo/core/action";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { findRecordIds, type RecordPage } from "./find-record-ids.ts";

/** An intent joined with its outcome; the outcome's columns are null while the record is open. */
export interface RecordRow {
  readonly v: number;
  readonly id: string;
  readonly at: Date;
  readonly projectId: string;
  readonly projectSlug: string | null;
  readonly agentId: string;
  readonly agentName: string | null;
  readonly keyId: string;
  readonly keyLastFour: string | null;
  readonly userId: string;
  readonly sessionId: string;
  readonly clientSession: string | null;
  readonly subagent: string | null;
  readonly parentSubagent: string | null;
  readonly clientRef: string | null;
  readonly tier: string;
  readonly surface: string;
  readonly verb: string;
  readonly resource: string;
  readonly actions: Json;
  readonly actionHash: Uint8Array;
  readonly decision: string;
  readonly would: string;
  readonly rules: Json;
  readonly wouldRules: Json;
  readonly explanation: string;
  readonly policies: Json;
  readonly labels: readonly string[];
  readonly findings: Json;
  readonly requestBytes: number;
  /** Null while the record is open. */
  readonly outcome: string | null;
  readonly endedAt: Date | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly latencyMs: number | null;
  readonly firstByteMs: number | null;
  readonly responseBytes: bigint | null;
  readonly model: string | null;
  readonly inputTokens: bigint | null;
  readonly outputTokens: bigint | null;
  readonly cacheReadTokens: bigint | null;
  readonly cacheWriteTokens: bigint | null;
  readonly metering: string | null;
  readonly costMicros: bigint | null;
  readonly priceTable: string | null;
  readonly upstreamRequestId: string | null;
}

/** An outcome that came after its record was closed, as it was reported (see outcome.ts). */
export interface CorrectionRow {
  readonly at: Date;
  readonly outcome: Json;
}

const COLUMNS = Prisma.sql`
  i.v, i.id, i.at, i.project_id AS "projectId", p.slug AS "projectSlug", i.agent_id AS "agentId",
  a.name AS "agentName", i.key_id AS "keyId", k.last_four AS "keyLastFour", i.user_id AS "userId",
  i.session_id AS "sessionId", s.client_session AS "clientSession", i.subagent,
  i.parent_subagent AS "parentSubagent", i.client_ref AS "clientRef", i.tier, i.surface, i.verb, i.resource, i.actions,
  i.action_hash AS "actionHash", i.decision, i.would, i.rules, i.would_rules AS "wouldRules", i.explanation,
  i.policies, i.labels, i.findings, i.request_bytes AS "requestBytes",
  o.outcome, o.at AS "endedAt", o.status, o.error, o.latency_ms AS "latencyMs",
  o.first_byte_ms AS "firstByteMs", o.response_bytes AS "responseBytes", o.model,
  o.input_tokens AS "inputTokens", o.output_tokens AS "outputTokens", o.cache_read_tokens AS "cacheReadTokens",
  o.cache_write_tokens AS "cacheWriteTokens", o.metering, o.cost_micros AS "costMicros",
  o.price_table AS "priceTable", o.upstream_request_id AS "upstreamRequestId"`;

const JOINS = Prisma.sql`
  LEFT JOIN org.outcomes o ON o.org_id = i.org_id AND o.id = i.id
  LEFT JOIN org.projects p ON p.org_id = i.org_id AND p.id = i.project_id
  LEFT JOIN org.agents a ON a.org_id = i.org_id AND a.id = i.agent_id
  LEFT JOIN org.agent_keys k ON k.org_id = i.org_id AND k.id = i.key_id
  LEFT JOIN org.sessions s ON s.org_id = i.org_id AND s.id = i.session_id`;

/** A page of records, newest first; with `after` alone, the oldest of the newer ones, in the same order. */
export async function readRecords(
  transaction: OrgTransaction,
  page: RecordPage,
): Promise<RecordRow[]> {
  const ids = await findRecordIds(transaction, page);
  return transaction.$queryRaw<RecordRow[]>`
    SELECT ${COLUMNS} FROM org.intents i ${JOINS}
    WHERE i.org_id = ${page.orgId}::uuid AND i.id = ANY (${ids}::uuid[])
    ORDER BY i.id DESC`;
}

/** One record; undefined when the org has none with this id. */
export async function readRecord(
  transaction: OrgTransaction,
  orgId: string,
  id: string,
): Promise<RecordRow | undefined> {
  const [row] = await transaction.$queryRaw<RecordRow[]>`
    SELECT ${COLUMNS} FROM org.intents i ${JOINS}
    WHERE i.org_id = ${orgId}::uuid AND i.id = ${id}::uuid`;
  return row;
}

/** What came after a record was closed, in order. */
export function readCorrections(
  transaction: OrgTransaction,
  orgId: string,
  id: string,
): Promise<CorrectionRow[]> {
  return transaction.$queryRaw<CorrectionRow[]>`
    SELECT at, outcome FROM org.corrections
    WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid ORDER BY seq`;
}
