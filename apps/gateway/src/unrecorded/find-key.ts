/** What the directory knows of an agent key that did not work, and of the org that a host names. */
import { hashesOf } from "@yolo/identity/token";
import type { KeyRing } from "@yolo/store/secrets-file";
import { readOrg, type Sql } from "@yolo/store/sql";
import type { Reason } from "./why.ts";

export interface FoundKey {
  readonly id: string;
  readonly orgId: string;
  /** Why it does not work; null: it would. */
  readonly dead: Reason | null;
}

interface KeyState {
  readonly revoked: boolean;
  readonly expired: boolean;
  readonly archived: boolean;
  readonly removed: boolean;
}

/** Null: nobody's. */
export async function findKey(sql: Sql, peppers: KeyRing, token: string): Promise<FoundKey | null> {
  const hashes = hashesOf(peppers, token);
  const [row] = await sql<{ orgId: string; id: string }[]>`
    SELECT org_id AS "orgId", key_id AS id FROM directory.agent_key_hashes
    WHERE hash = ANY (${hashes}::bytea[]) LIMIT 1`;
  if (row === undefined) return null;
  const state = await readOrg(sql, row.orgId, async (transaction) => {
    const [found] = await transaction<KeyState[]>`
      SELECT k.revoked_at IS NOT NULL AS revoked, coalesce(k.expires_at <= now(), false) AS expired,
        a.archived_at IS NOT NULL OR p.archived_at IS NOT NULL AS archived, m.removed_at IS NOT NULL AS removed
      FROM org.agent_keys k
      JOIN org.agents a ON a.org_id = k.org_id AND a.id = k.agent_id
      JOIN org.projects p ON p.org_id = a.org_id AND p.id = a.project_id
      JOIN org.members m ON m.org_id = k.org_id AND m.id = k.member_id
      WHERE k.id = ${row.id}`;
    return found;
  });
  return { ...row, dead: state === undefined ? null : deadBy(state) };
}

function deadBy(state: KeyState): Reason | null {
  if (state.revoked) return "revoked_key";
  if (state.expired) return "expired_key";
  if (state.archived) return "archived_agent";
  return state.removed ? "removed_member" : null;
}

/** Null: there is no such org. */
export async function findOrg(sql: Sql, slug: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`SELECT id FROM directory.orgs WHERE slug = ${slug}`;
  return row?.id ?? null;
}
