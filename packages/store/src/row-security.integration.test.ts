import { newId, newRandomId } from "@yolo/core/ids";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Role = "app" | "gateway";

let database: TestDatabase;
let owner: pg.Client;
let roles: Record<Role, pg.Client>;
const [ORG, OTHER] = [newId(), newId()];

beforeAll(async () => {
  database = await createDatabase();
  const connected = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };
  owner = await connected(database.ownerUrl);
  roles = { app: await connected(database.appUrl), gateway: await connected(database.gatewayUrl) };
  for (const org of [ORG, OTHER]) await fill(org);
});
afterAll(async () => {
  await Promise.all([owner, roles.app, roles.gateway].map((client) => client.end()));
  await database[Symbol.asyncDispose]();
});

/** One row of the org in every table of `org`, through the owner, whom row security does not concern. */
async function fill(org: string): Promise<void> {
  const [member, project, agent, policy, record] = [newId(), newId(), newId(), newId(), newId()];
  const [key, group] = [newId(), newId()];
  const rows: Record<string, Record<string, unknown>> = {
    settings: { home: "main" },
    data_keys: { version: 1, kek_version: 1, wrapped: Buffer.alloc(1) },
    members: { id: member, person_id: newId(), role: "owner" },
    api_tokens: { id: newId(), member_id: member, name: "t", last_four: "abcd", scopes: ["*"] },
    changes: { id: newId(), verb: "v", subject: "s" },
    projects: { id: project, slug: "web", name: "Web" },
    agents: { id: agent, project_id: project, name: "builder" },
    agent_keys: {
      ...{ id: key, agent_id: agent, member_id: member, kind: "live", hash: Buffer.alloc(32) },
      ...{ pepper: 1, last_four: "abcd" },
    },
    connectors: { id: newId(), name: "c", provider: "p", base_url: "u", mode: "client_credential" },
    policies: { id: policy, name: "base", layer: "org" },
    policy_versions: { policy_id: policy, version: 1, text: "t", message: "m" },
    policy_drafts: {
      ...{ policy_id: policy, member_id: member, base: 1, revision: 1, text: "t" },
      saved_at: "2026-01-02",
    },
    dry_runs: {
      ...{ id: newId(), created_at: "2026-01-02", layer: "org", text: "t", stack: "[]" },
      ...{ reads_payloads: false, since: "2026-01-01", until: "2026-01-02" },
      touched_at: "2026-01-02",
    },
    sessions: { id: newRandomId(), agent_id: agent },
    intents: {
      ...{ id: record, v: 1, instance_id: newId(), project_id: project, agent_id: agent },
      ...{ key_id: newId(), user_id: "u", session_id: newId(), surface: "llm", verb: "llm:invoke" },
      ...{ resource: "r", actions: "[]", action_hash: Buffer.alloc(32), decision: "allow" },
      ...{ would: "allow", rules: "[]", would_rules: "[]", explanation: "e", policies: "[]" },
      ...{ revision: 1, tier: "api", findings: "[]", request_bytes: 1 },
    },
    outcomes: { id: record, v: 1, outcome: "done" },
    corrections: { id: record, v: 1, outcome: "{}" },
    payloads: { id: record, part: "request", v: 1, sealed: Buffer.alloc(1) },
    record_search: {
      ...{ id: record, at: "2026-01-02", session_id: newId(), agent_id: agent, user_id: "u" },
      ...{ decision: "allow", would: "allow", outcome: "done", verb: "v", resource: "r" },
      ...{ rules: "", text: "" },
    },
    usage_hours: {
      ...{ hour: 1, agent_id: agent, calls: 1, refused: 0 },
      ...{ input_tokens: 0, output_tokens: 0, cost_micros: 0 },
    },
    groups: { id: group, name: "g" },
    group_members: { group_id: group, member_id: member },
    invitations: {
      ...{ id: newId(), role: "auditor", hash: Buffer.from(org), inviter_id: member },
      ...{ created_at: "2026-01-02", expires_at: "2026-01-03" },
    },
    idempotency_keys: { actor_id: member, key: "k", sealed: Buffer.alloc(1) },
    key_uses: { key_id: key, last_used_at: "2026-01-02" },
  };
  for (const [table, row] of Object.entries(rows)) {
    const all = { org_id: org, ...row };
    const places = Object.keys(all).map((_, at) => `$${at + 1}`);
    await owner.query(
      `INSERT INTO org.${table} (${Object.keys(all)}) VALUES (${places})`,
      Object.values(all),
    );
  }
}

async function tablesOf(schema: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p')
       AND NOT relispartition ORDER BY 1`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

/** The SQLSTATE a statement fails with; null when it does not, and is then rolled back. */
async function stateOf(
  role: Role,
  statement: string,
  scope: string | null,
): Promise<string | null> {
  const client = roles[role];
  await client.query("BEGIN");
  try {
    if (scope !== null) await client.query("SELECT set_config('yolo.org', $1, true)", [scope]);
    await client.query(statement);
    return null;
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? "") : String(error);
  } finally {
    await client.query("ROLLBACK");
  }
}

/** Whether the role has the right on the table, or on any column of it where columns can have it. */
async function may(role: Role, table: string, right: string): Promise<boolean> {
  const has = right === "DELETE" || right === "TRUNCATE" ? "has_table" : "has_any_column";
  const { rows } = await owner.query<{ yes: boolean }>(
    `SELECT ${has}_privilege($1, $2, $3) AS yes`,
    [`yolo_${role}`, table, right],
  );
  return rows[0]?.yes === true;
}

async function mayAny(role: Role, table: string, rights: readonly string[]): Promise<boolean> {
  for (const right of rights) if (await may(role, table, right)) return true;
  return false;
}

const DENIED = "42501";
/** The setting was never made, or is empty: either way the cast to uuid fails. */
const NO_SCOPE = ["42704", "22P02"];

const SEEN_BY: Record<Role, readonly string[]> = {
  app: [
    ...["agent_keys", "agents", "api_tokens", "changes", "connectors", "corrections", "data_keys"],
    ...["dry_runs", "group_members", "groups", "idempotency_keys", "intents", "invitations"],
    ...["key_uses", "members", "outcomes", "payloads", "policies", "policy_drafts"],
    ...["policy_versions", "projects", "revisions", "sessions", "settings", "usage_hours"],
  ],
  gateway: [
    ...["agent_keys", "agents", "connectors", "data_keys", "members", "policies"],
    ...["policy_versions", "projects", "revisions", "settings"],
  ],
};

describe("G10: the database keeps tenants apart", () => {
  test("every table of the org schema belongs to an org, with row security forced, also its partitions", async () => {
    const { rows } = await owner.query<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'org'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND a.attnotnull))`);
    expect(rows).toEqual([]);
    for (const table of await tablesOf("org")) {
      const { rowCount } = await owner.query(`SELECT FROM org.${table} LIMIT 1`);
      expect([table, rowCount]).toEqual([table, 1]);
    }
  });

  describe.each(["app", "gateway"] as const)("as yolo_%s", (role) => {
    test("it reads exactly the tables it needs", async () => {
      const seen: string[] = [];
      for (const table of await tablesOf("org")) {
        if (await may(role, `org.${table}`, "SELECT")) seen.push(table);
      }
      expect(seen).toEqual(SEEN_BY[role]);
    });

    test("without a scope every readable table is an error, never all rows", async () => {
      for (const table of SEEN_BY[role]) {
        expect(NO_SCOPE).toContain(await stateOf(role, `SELECT * FROM org.${table}`, null));
        expect(NO_SCOPE).toContain(await stateOf(role, `SELECT * FROM org.${table}`, ""));
        expect(NO_SCOPE).toContain(await stateOf(role, `SELECT * FROM org.${table}`, "x' OR true"));
      }
    });

    test("in a scope it sees that org's rows and no other's, by whatever route", async () => {
      const client = roles[role];
      for (const table of SEEN_BY[role]) {
        await client.query("BEGIN");
        await client.query("SELECT set_config('yolo.org', $1, true)", [ORG]);
        const orgs = async (from: string) =>
          (await client.query<{ org_id: string }>(`SELECT DISTINCT org_id FROM ${from}`)).rows;
        expect(await orgs(`org.${table}`)).toEqual([{ org_id: ORG }]);
        expect(await orgs(`org.${table} WHERE org_id = '${OTHER}'`)).toEqual([]);
        const joined = await client.query(
          `SELECT FROM org.${table} a FULL JOIN org.settings s ON true WHERE s.org_id = $1`,
          [OTHER],
        );
        expect(joined.rowCount).toBe(0);
        await client.query("ROLLBACK");
      }
    });

    test("it cannot go round by a partition, a copy or another role", async () => {
      const partitions = await owner.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'org'::regnamespace AND relispartition
           AND relkind = 'r'`,
      );
      expect(partitions.rows.length).toBeGreaterThan(9);
      for (const { name } of partitions.rows) {
        expect(await stateOf(role, `SELECT * FROM org.${name}`, ORG)).toBe(DENIED);
      }
      for (const target of ["yolo_admission", "yolo_eraser", "postgres"]) {
        expect(await stateOf(role, `SET ROLE ${target}`, ORG)).toBe(DENIED);
        expect(await stateOf(role, `SET SESSION AUTHORIZATION ${target}`, ORG)).toBe(DENIED);
      }
      expect(await stateOf(role, "SET row_security = off; SELECT * FROM org.settings", ORG)).toBe(
        DENIED,
      );
      expect(await stateOf(role, "COPY org.settings TO PROGRAM 'cat'", ORG)).toBe(DENIED);
      expect(await stateOf(role, "CREATE TABLE org.mine (id int)", ORG)).toBe(DENIED);
      expect(
        await stateOf(role, "CREATE FUNCTION org.f() RETURNS int AS 'SELECT 1' LANGUAGE sql", ORG),
      ).toBe(DENIED);
      expect(await stateOf(role, "ALTER TABLE org.settings NO FORCE ROW LEVEL SECURITY", ORG)).toBe(
        DENIED,
      );
    });
  });

  test("as yolo_app no row of another org can be made, taken over or changed", async () => {
    const writable = [];
    for (const table of SEEN_BY.app) {
      const name = `org.${table}`;
      if (await may("app", name, "INSERT")) {
        writable.push(table);
        const { rows } = await owner.query<{ columns: string }>(
          `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
           WHERE attrelid = $1::regclass AND attnum > 0 AND attname <> 'org_id'`,
          [name],
        );
        const copy = `INSERT INTO ${name} (org_id, ${rows[0]?.columns}) SELECT '${OTHER}', ${rows[0]?.columns} FROM ${name}`;
        expect([table, await stateOf("app", copy, ORG)]).toEqual([table, DENIED]);
      }
      if (await may("app", name, "UPDATE")) {
        const steal = `UPDATE ${name} SET org_id = '${OTHER}'`;
        expect([table, await stateOf("app", steal, ORG)]).toEqual([table, DENIED]);
        await roles.app.query("BEGIN");
        await roles.app.query("SELECT set_config('yolo.org', $1, true)", [ORG]);
        const touched = await roles.app.query(
          `UPDATE ${name} SET org_id = org_id WHERE org_id = '${OTHER}'`,
        );
        await roles.app.query("ROLLBACK");
        expect([table, touched.rowCount]).toEqual([table, 0]);
      }
    }
    expect(writable.length).toBeGreaterThan(9);
  });
});

describe("G15: what is on record is only ever added to", () => {
  const APPEND_ONLY = [
    ...["intents", "outcomes", "corrections", "payloads", "sessions", "changes"],
    ...["policy_versions", "data_keys"],
  ];

  test.each(APPEND_ONLY)(
    "no role that serves calls may update, delete or truncate %s",
    async (table) => {
      for (const role of ["app", "gateway"] as const) {
        for (const statement of [
          `UPDATE org.${table} SET org_id = org_id`,
          `DELETE FROM org.${table}`,
          `TRUNCATE org.${table}`,
          `DROP TABLE org.${table}`,
        ]) {
          expect([statement, await stateOf(role, statement, ORG)]).toEqual([statement, DENIED]);
        }
      }
      const { rows } = await owner.query<{ grantee: string; right: string }>(
        `SELECT grantee, privilege_type AS right FROM information_schema.role_table_grants
       WHERE table_schema = 'org' AND table_name = $1 AND grantee LIKE 'yolo\\_%'
         AND privilege_type NOT IN ('SELECT', 'INSERT')`,
        [table],
      );
      expect(rows).toEqual([]);
    },
  );

  /** What people end themselves: sessions, second factors, links that were used. */
  const OF_PEOPLE = ["person_sessions", "two_factors", "verifications"];

  test("no role that serves calls may delete anything of an org, or write records but by admission and settlement", async () => {
    for (const schema of ["org", "directory"]) {
      for (const table of await tablesOf(schema)) {
        for (const role of ["app", "gateway"] as const) {
          const deletes = await mayAny(role, `${schema}.${table}`, ["DELETE", "TRUNCATE"]);
          const mayDelete = role === "app" && OF_PEOPLE.includes(table);
          expect([table, deletes]).toEqual([table, mayDelete]);
        }
      }
    }
    for (const table of [
      "intents",
      "outcomes",
      "corrections",
      "payloads",
      "sessions",
      "revisions",
    ]) {
      for (const role of ["app", "gateway"] as const) {
        expect([table, await may(role, `org.${table}`, "INSERT")]).toEqual([table, false]);
      }
    }
  });

  test("the gateway writes no table at all", async () => {
    for (const schema of ["org", "directory"]) {
      for (const table of await tablesOf(schema)) {
        const writes = await mayAny("gateway", `${schema}.${table}`, ["INSERT", "UPDATE"]);
        expect([table, writes]).toEqual([table, false]);
      }
    }
  });
});

describe("functions that span orgs", () => {
  const CALLERS: Record<string, readonly string[]> = {
    "directory.end_lease_1": ["gateway"],
    "directory.renew_lease_1": ["gateway"],
    "org.admit_1": ["gateway"],
    "org.admit_2": ["gateway"],
    "org.bump_revision": [],
    "org.close_invitations_1": ["app"],
    "org.copy_records_1": ["app"],
    "org.copy_records_2": ["app"],
    "org.ended_trials_1": ["app"],
    "org.erase_idempotency_keys_1": ["app"],
    "org.hour_of": ["app", "gateway"],
    "org.note_key_uses_1": ["app"],
    "org.orgs_of_person_1": ["app"],
    "org.uncopied_records_1": ["app"],
    "org.lowest_id": ["app", "gateway"],
    "org.make_partitions_1": ["app"],
    "org.read_outcomes": [],
    "org.revisions_1": ["gateway"],
    "org.scope": ["app", "gateway"],
    "org.settle_1": ["gateway"],
    "org.settle_2": ["gateway"],
    "org.sweep_instances_1": ["app"],
  };

  test("each is executable by the role that needs it and by no other", async () => {
    const { rows } = await owner.query<{ name: string; app: boolean; gateway: boolean }>(`
      SELECT p.oid::regproc::text AS name, has_function_privilege('yolo_app', p.oid, 'EXECUTE') AS app,
        has_function_privilege('yolo_gateway', p.oid, 'EXECUTE') AS gateway
      FROM pg_proc p WHERE p.pronamespace IN ('org'::regnamespace, 'directory'::regnamespace) ORDER BY 1`);
    const found = rows.map(({ name, app, gateway }) => [
      name,
      [app ? ["app"] : [], gateway ? ["gateway"] : []].flat(),
    ]);
    expect(Object.fromEntries(found)).toEqual(CALLERS);
  });

  test("each that runs with its owner's rights has a search path of its own and an owner that cannot sign in", async () => {
    const { rows } = await owner.query<{ name: string; path: boolean; login: boolean }>(`
      SELECT p.oid::regproc::text AS name, r.rolcanlogin AS login,
        coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false) AS path
      FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
      WHERE p.prosecdef AND p.pronamespace IN ('org'::regnamespace, 'directory'::regnamespace)`);
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows) {
      expect(row).toMatchObject({ path: true });
      // Partitions can be made by the tables' owner alone.
      if (row.name !== "org.make_partitions_1") expect(row).toMatchObject({ login: false });
    }
  });

  test("making partitions gives up soon where it would hold up calls, and works when it would not", async () => {
    const reader = new pg.Client({ connectionString: database.ownerUrl });
    await reader.connect();
    await reader.query("BEGIN");
    await reader.query("SELECT FROM org.intents");
    const askedAt = performance.now();
    expect(await stateOf("app", "SELECT org.make_partitions_1(30)", null)).toBe("55P03");
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    await reader.end();
    const made = await roles.app.query<{ made: number }>(
      "SELECT org.make_partitions_1(30) AS made",
    );
    expect(made.rows).toEqual([{ made: 84 }]);
    const again = await roles.app.query<{ made: number }>(
      "SELECT org.make_partitions_1(30) AS made",
    );
    expect(again.rows).toEqual([{ made: 0 }]);
  });
});
