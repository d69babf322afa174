/**
 * Everything a decision about one org's calls needs, read in one transaction at one revision, compiled, immutable.
 */
import { Secret } from "@yolo/core/secret";
import type { Secrets } from "@yolo/store/secrets-file";
import { readOrg, type Sql, type Transaction } from "@yolo/store/sql";
import { type DataKey, open, unwrapDataKey } from "@yolo/store/vault";
import type { AgentPolicy, PolicyCompiler, PolicyRow } from "./policies.ts";

export type CaptureLevel = "metadata" | "redacted" | "full";

export interface SnapshotKey {
  readonly id: string;
  readonly kind: "live" | "test";
  readonly expiresAtMs: number | null;
  readonly memberId: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly project: {
    readonly id: string;
    readonly slug: string;
    readonly captureLevel: CaptureLevel;
  };
}

export interface SnapshotConnector {
  readonly id: string;
  readonly provider: string;
  /** `https://api.anthropic.com`; no trailing slash. */
  readonly origin: string;
  /** Goes before the path of every request: empty, or `/prefix` without a trailing slash. */
  readonly basePath: string;
  readonly mode: "vaulted" | "client_credential";
  /** Opened on use, by an admitted call only (see upstream/credentials.ts). */
  readonly sealed: Buffer | null;
}

export interface Snapshot {
  readonly orgId: string;
  readonly slug: string;
  readonly revision: bigint;
  /** By HMAC of the token, hex: only keys that work. */
  readonly keys: ReadonlyMap<string, SnapshotKey>;
  /** The default connector of each provider. */
  readonly connectors: ReadonlyMap<string, SnapshotConnector>;
  readonly dataKeys: readonly [DataKey, ...DataKey[]];
  /** Throws `policy_unavailable` when a policy of this agent has no version that compiles. */
  policyFor(key: SnapshotKey): AgentPolicy;
}

/** Opens a connector's credential. */
export function openCredential(snapshot: Snapshot, connector: SnapshotConnector): Secret | null {
  if (connector.sealed === null) return null;
  const place = { use: "connector", row: connector.id } as const;
  return new Secret(open(snapshot.dataKeys, place, connector.sealed).toString("utf8"));
}

/** The live version of a policy and those before it, should the live one not compile here. */
const VERSIONS_READ = 3;

/** Reads an org; null when there is no such org. */
export async function loadSnapshot(
  orgId: string,
  from: { readonly sql: Sql; readonly secrets: Secrets; readonly policies: PolicyCompiler },
): Promise<Snapshot | null> {
  const rows = await readOrg(from.sql, orgId, (tx) => readRows(tx, orgId));
  if (rows.org === undefined || rows.revision === undefined) return null;
  const [first, ...rest] = rows.dataKeys.map((row) =>
    unwrapDataKey(from.secrets.encryptionKeys, row),
  );
  if (first === undefined) return null;
  return {
    orgId,
    slug: rows.org.slug,
    revision: rows.revision.revision,
    keys: new Map(rows.keys.map((row) => [row.hash.toString("hex"), toKey(row)])),
    connectors: new Map(rows.connectors.map((row) => [row.provider, toConnector(row)])),
    dataKeys: [first, ...rest],
    policyFor: (key) => from.policies.policyOf(rows.policies, key),
  };
}

async function readRows(tx: Transaction, orgId: string) {
  const [orgs, revisions, dataKeys, keys, connectors, policies] = await Promise.all([
    tx<{ slug: string }[]>`SELECT slug FROM directory.orgs WHERE id = ${orgId}`,
    tx<{ revision: bigint }[]>`SELECT revision FROM org.revisions`,
    tx<{ orgId: string; version: number; kekVersion: number; wrapped: Buffer }[]>`
      SELECT org_id AS "orgId", version, kek_version AS "kekVersion", wrapped
      FROM org.data_keys ORDER BY version DESC`,
    tx<KeyRow[]>`
      SELECT k.id, k.kind, k.hash, k.expires_at AS "expiresAt", k.member_id AS "memberId",
        a.id AS "agentId", a.name AS "agentName",
        p.id AS "projectId", p.slug AS "projectSlug", p.capture_level AS "captureLevel"
      FROM org.agent_keys k
      JOIN org.agents a ON a.org_id = k.org_id AND a.id = k.agent_id AND a.archived_at IS NULL
      JOIN org.projects p ON p.org_id = a.org_id AND p.id = a.project_id AND p.archived_at IS NULL
      JOIN org.members m ON m.org_id = k.org_id AND m.id = k.member_id AND m.removed_at IS NULL
      WHERE k.revoked_at IS NULL`,
    tx<ConnectorRow[]>`
      SELECT id, provider, base_url AS "baseUrl", mode, credential AS sealed
      FROM org.connectors WHERE is_default AND archived_at IS NULL`,
    tx<PolicyRow[]>`
      SELECT p.id, p.layer, p.project_id AS "projectId", p.agent_id AS "agentId", v.version, v.text
      FROM org.policies p
      JOIN org.policy_versions v
        ON v.org_id = p.org_id AND v.policy_id = p.id
          AND v.version <= p.live_version AND v.version > p.live_version - ${VERSIONS_READ}
      WHERE p.archived_at IS NULL
      ORDER BY p.id, v.version DESC`,
  ]);
  return { org: orgs[0], revision: revisions[0], dataKeys, keys, connectors, policies };
}

interface KeyRow {
  readonly id: string;
  readonly kind: "live" | "test";
  readonly hash: Buffer;
  readonly expiresAt: Date | null;
  readonly memberId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly projectId: string;
  readonly projectSlug: string;
  readonly captureLevel: CaptureLevel;
}

interface ConnectorRow extends Omit<SnapshotConnector, "origin" | "basePath"> {
  readonly baseUrl: string;
}

/** Throws what `URL` throws for an address that is none; connectors are stored with one that is. */
function toConnector({ baseUrl, ...row }: ConnectorRow): SnapshotConnector {
  const { origin, pathname } = new URL(baseUrl);
  return { ...row, origin, basePath: pathname.replace(/\/+$/, "") };
}

function toKey(row: KeyRow): SnapshotKey {
  return {
    id: row.id,
    kind: row.kind,
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    memberId: row.memberId,
    agent: { id: row.agentId, name: row.agentName },
    project: { id: row.projectId, slug: row.projectSlug, captureLevel: row.captureLevel },
  };
}
