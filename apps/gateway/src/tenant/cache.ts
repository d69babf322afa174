/**
 * The snapshots this process holds. A notification from Postgres replaces one at once, a poll stands behind the
 * notification, and admission stands behind both: it refuses what was decided on an old one.
 */
import { setInterval } from "node:timers";
import { hashesOf } from "@yolo/identity/token";
import type { Secrets } from "@yolo/store/secrets-file";
import type { Sql } from "@yolo/store/sql";
import { createPolicyCompiler } from "./policies.ts";
import { loadSnapshot, type Snapshot } from "./snapshot.ts";

export interface TenantCacheOptions {
  readonly sql: Sql;
  readonly secrets: Secrets;
  readonly pollMs: number;
  onError(error: unknown): void;
  /** A snapshot was replaced by a newer one. */
  onChange(snapshot: Snapshot): void;
}

export interface TenantCache {
  bySlug(slug: string): Promise<Snapshot | null>;
  /** The org a token belongs to, by the directory; null when nobody knows it. */
  byToken(token: string): Promise<Snapshot | null>;
  /** A snapshot at least as new as `revision` + 1, or as new as the database has. */
  newerThan(snapshot: Snapshot): Promise<Snapshot | null>;
  close(): Promise<void>;
}

const ORGS_MAX = 10_000;
const ABSENT_MS = 1_000;
const ABSENT_MAX = 50_000;

export async function createTenantCache(options: TenantCacheOptions): Promise<TenantCache> {
  const { sql, secrets } = options;
  const source = { sql, secrets, policies: createPolicyCompiler() };
  const snapshots = new Map<string, Snapshot>();
  const loading = new Map<string, Promise<Snapshot | null>>();
  const orgBySlug = new Map<string, string>();
  const absentUntil = new Map<string, number>();

  function load(orgId: string): Promise<Snapshot | null> {
    const underWay = loading.get(orgId);
    if (underWay !== undefined) return underWay;
    const work = loadSnapshot(orgId, source)
      .then((snapshot) => keep(orgId, snapshot))
      .finally(() => loading.delete(orgId));
    loading.set(orgId, work);
    return work;
  }

  function keep(orgId: string, snapshot: Snapshot | null): Snapshot | null {
    const held = snapshots.get(orgId);
    if (snapshot === null) {
      snapshots.delete(orgId);
      return null;
    }
    if (held !== undefined && held.revision >= snapshot.revision) return held;
    forgetOldest(snapshots, ORGS_MAX);
    snapshots.set(orgId, snapshot);
    if (held !== undefined) options.onChange(snapshot);
    return snapshot;
  }

  /** Loads until the snapshot is at least this new; a load that was under way may have begun too early. */
  async function refresh(orgId: string, revision: bigint): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      const held = snapshots.get(orgId);
      if (held === undefined || held.revision >= revision) return;
      await load(orgId);
    }
  }

  function isAbsent(what: string): boolean {
    const until = absentUntil.get(what);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    absentUntil.delete(what);
    return false;
  }

  function markAbsent(what: string): null {
    forgetOldest(absentUntil, ABSENT_MAX);
    absentUntil.set(what, performance.now() + ABSENT_MS);
    return null;
  }

  const listener = await sql.listen(
    "org_changed",
    (payload) => {
      const [orgId = "", revision = "0"] = payload.split(":");
      refresh(orgId, BigInt(revision)).catch(options.onError);
    },
    // Also after a lost connection: what was missed meanwhile is found by the poll.
    () => void poll().catch(options.onError),
  );

  async function poll(): Promise<void> {
    if (snapshots.size === 0) return;
    const rows = await sql<{ org: string; revision: bigint }[]>`
      SELECT org_id AS org, revision FROM org.revisions_1(${[...snapshots.keys()]}::uuid[])`;
    await Promise.all(rows.map(({ org, revision }) => refresh(org, revision)));
  }

  const timer = setInterval(() => void poll().catch(options.onError), options.pollMs);

  return {
    async bySlug(slug) {
      const orgId = orgBySlug.get(slug);
      if (orgId !== undefined) return snapshots.get(orgId) ?? load(orgId);
      if (isAbsent(slug)) return null;
      const [row] = await sql<{ id: string }[]>`SELECT id FROM directory.orgs WHERE slug = ${slug}`;
      if (row === undefined) return markAbsent(slug);
      orgBySlug.set(slug, row.id);
      return load(row.id);
    },
    async byToken(token) {
      const hashes = hashesOf(secrets.peppers, token);
      const name = hashes[0]?.toString("hex") ?? "";
      if (isAbsent(name)) return null;
      const [row] = await sql<{ org: string }[]>`
        SELECT org_id AS org FROM directory.agent_key_hashes WHERE hash IN ${sql(hashes)} LIMIT 1`;
      if (row === undefined) return markAbsent(name);
      const held = snapshots.get(row.org);
      const knows = hashes.some((hash) => held?.keys.has(hash.toString("hex")) === true);
      if (held !== undefined && knows) return held;
      // A key that the directory knows and the snapshot does not: the snapshot may be older than the key.
      const fresh = await load(row.org);
      if (!hashes.some((hash) => fresh?.keys.has(hash.toString("hex")) === true)) markAbsent(name);
      return fresh;
    },
    async newerThan(snapshot) {
      const held = snapshots.get(snapshot.orgId);
      if (held !== undefined && held.revision > snapshot.revision) return held;
      await loading.get(snapshot.orgId);
      return load(snapshot.orgId);
    },
    async close() {
      clearInterval(timer);
      await listener.unlisten();
    },
  };
}

function forgetOldest(map: Map<string, unknown>, sizeMax: number): void {
  if (map.size < sizeMax) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
