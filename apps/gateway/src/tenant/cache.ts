/**
 * The snapshots this process holds. A notification from Postgres replaces one at once, a poll stands behind the
 * notification, and admission stands behind both: it refuses what was decided on an old one.
 */
import { setInterval } from "node:timers";
import { AppError } from "@yolo/core/errors";
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

/** All throw `unavailable` when the database does not answer. */
export interface TenantCache {
  bySlug(slug: string): Promise<Snapshot | null>;
  /** The org a token belongs to, by the directory; null when nobody knows it. */
  byToken(token: string): Promise<Snapshot | null>;
  /** A newer snapshot of the same org, or one as new as the database has. */
  newerThan(snapshot: Snapshot): Promise<Snapshot | null>;
  close(): Promise<void>;
}

const ORGS_MAX = 10_000;
const ABSENT_MS = 1_000;
const ABSENT_MAX = 50_000;
const KEYS_MAX = 100_000;

export async function createTenantCache(options: TenantCacheOptions): Promise<TenantCache> {
  const { sql, secrets } = options;
  const source = { sql, secrets, policies: createPolicyCompiler() };
  const snapshots = new Map<string, Snapshot>();
  const loading = new Map<string, Promise<Snapshot | null>>();
  const orgBySlug = new Map<string, string>();
  /** Where a key was found; whether it still works is said by the snapshot. */
  const orgByKey = new Map<string, string>();
  const absentUntil = new Map<string, number>();
  const lookUps = new Map<string, Promise<string | null>>();

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
    if (held === undefined) forgetOldest(snapshots, ORGS_MAX);
    snapshots.set(orgId, snapshot);
    if (held !== undefined) options.onChange(snapshot);
    return snapshot;
  }

  /** A load that begins after this was called: one under way may have read what has changed since. */
  async function loadAnew(orgId: string): Promise<Snapshot | null> {
    await loading.get(orgId)?.catch(() => null);
    return load(orgId);
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

  /** One question at a time about one thing; what is not there is not asked about again for a while. */
  function lookUp(
    what: string,
    query: () => Promise<readonly { org: string }[]>,
  ): Promise<string | null> {
    if (isAbsent(what)) return Promise.resolve(null);
    const underWay = lookUps.get(what);
    if (underWay !== undefined) return underWay;
    const work = query()
      .then(([row]) => row?.org ?? markAbsent(what))
      .finally(() => lookUps.delete(what));
    lookUps.set(what, work);
    return work;
  }

  const subscription = await sql.listen({
    channel: "org_changed",
    onPayload: (payload) => void changed(payload).catch(options.onError),
    // Also after a lost connection: what was missed meanwhile is found by the poll.
    onListening: () => void poll().catch(options.onError),
  });

  async function changed(payload: string): Promise<void> {
    const [orgId = "", revision = ""] = payload.split(":");
    await refresh(orgId, BigInt(revision));
  }

  async function poll(): Promise<void> {
    if (snapshots.size === 0) return;
    const rows = await sql<{ org: string; revision: bigint }[]>`
      SELECT org_id AS org, revision FROM org.revisions_1(${[...snapshots.keys()]}::uuid[])`;
    await Promise.all(rows.map(({ org, revision }) => refresh(org, revision)));
  }

  const timer = setInterval(() => void poll().catch(options.onError), options.pollMs);

  async function bySlug(slug: string): Promise<Snapshot | null> {
    const known = orgBySlug.get(slug);
    const orgId =
      known ??
      (await lookUp(
        `slug ${slug}`,
        () => sql<{ org: string }[]>`SELECT id AS org FROM directory.orgs WHERE slug = ${slug}`,
      ));
    if (orgId === null) return null;
    orgBySlug.set(slug, orgId);
    return snapshots.get(orgId) ?? load(orgId);
  }

  async function byToken(token: string): Promise<Snapshot | null> {
    const hashes = hashesOf(secrets.peppers, token);
    const names = hashes.map((hash) => hash.toString("hex"));
    const [name = ""] = names;
    const orgId =
      orgByKey.get(name) ??
      (await lookUp(
        `key ${name}`,
        () => sql<{ org: string }[]>`
          SELECT org_id AS org FROM directory.agent_key_hashes
          WHERE hash = ANY (${hashes}::bytea[]) LIMIT 1`,
      ));
    if (orgId === null) return null;
    if (!orgByKey.has(name)) {
      forgetOldest(orgByKey, KEYS_MAX);
      orgByKey.set(name, orgId);
    }
    const holdsKey = (snapshot: Snapshot | null | undefined) =>
      names.some((hash) => snapshot?.keys.has(hash) === true);
    const held = snapshots.get(orgId);
    if (held !== undefined && holdsKey(held)) return held;
    if (isAbsent(`key ${name}`)) return null;
    // A key that the directory knows and the snapshot does not: the snapshot may be older than the key.
    const fresh = await loadAnew(orgId);
    if (!holdsKey(fresh)) markAbsent(`key ${name}`);
    return fresh;
  }

  async function newerThan({ orgId, revision }: Snapshot): Promise<Snapshot | null> {
    const held = snapshots.get(orgId);
    return held !== undefined && held.revision > revision ? held : loadAnew(orgId);
  }

  return {
    bySlug: (slug) => bySlug(slug).catch(refuseAsUnavailable),
    byToken: (token) => byToken(token).catch(refuseAsUnavailable),
    newerThan: (snapshot) => newerThan(snapshot).catch(refuseAsUnavailable),
    async close() {
      clearInterval(timer);
      await subscription.unlisten();
    },
  };
}

function refuseAsUnavailable(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw new AppError("unavailable", {
    message: "Who is calling cannot be looked up right now, so nothing is allowed. Try again soon.",
    detail: String(cause),
    retryAfterSeconds: 2,
    cause,
  });
}

function forgetOldest(map: Map<string, unknown>, sizeMax: number): void {
  if (map.size < sizeMax) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
