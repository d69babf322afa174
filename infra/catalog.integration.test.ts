/** What keeps tenants apart in the database, read from the catalog of a migrated one and tried as each role. */
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ORG_A = "0190a000-0000-7000-8000-00000000000a";
const ORG_B = "0190a000-0000-7000-8000-00000000000b";

let database: TestDatabase;
let owner: postgres.Sql;
let app: postgres.Sql;
let gateway: postgres.Sql;

beforeAll(async () => {
  database = await createDatabase();
  owner = postgres(database.ownerUrl, { max: 1 });
  app = postgres(database.appUrl, { max: 1 });
  gateway = postgres(database.gatewayUrl, { max: 1 });
  for (const org of [ORG_A, ORG_B]) {
    await owner`INSERT INTO directory.orgs (id, slug, name) VALUES (${org}, ${`org-${org.slice(-1)}`}, 'Org')`;
    await owner`INSERT INTO org.settings (org_id, home) VALUES (${org}, 'main')`;
    await owner`INSERT INTO org.projects (org_id, id, slug, name) VALUES (${org}, ${org}, 'web', 'Web')`;
  }
});

afterAll(async () => {
  await Promise.all([owner.end(), app.end(), gateway.end()]);
  await database[Symbol.asyncDispose]();
});

/** Runs in a transaction whose scope is this org. */
function inOrg(sql: postgres.Sql, org: string, statement: string): Promise<postgres.Row[]> {
  return sql.begin(async (transaction) => {
    await transaction`SELECT set_config('yolo.org', ${org}, true)`;
    return transaction.unsafe(statement);
  });
}

/** Functions of another owner than the admission role. */
const OWNERS = new Map([
  // Only a table's owner can make its partitions.
  ["make_partitions_1", "postgres"],
  // Only the eraser deletes.
  ["erase_idempotency_keys_1", "yolo_eraser"],
]);

describe("the catalog", () => {
  test("every table of `org` names its org and has forced row security, partitions too", async () => {
    const tables = await owner`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id'
                AND a.atttypid = 'uuid'::regtype AND a.attnotnull) AS named
      FROM pg_class c WHERE c.relnamespace = 'org'::regnamespace AND c.relkind IN ('r', 'p')`;
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter(({ forced, named }) => !forced || !named)).toEqual([]);
  });

  test("every view of `org` asks as its reader, but the one whose condition is the scope", async () => {
    const views = await owner`SELECT relname, pg_get_viewdef(oid) AS text FROM pg_class
      WHERE relnamespace IN ('org'::regnamespace, 'directory'::regnamespace) AND relkind IN ('v', 'm')
        AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)`;
    expect(views.map(({ relname }) => relname)).toEqual(["copied_records"]);
    expect(views[0]?.text).toMatch(
      /FROM org\.record_search\s+WHERE \(org_id = \(current_setting\('yolo\.org'::text\)\)::uuid\);$|FROM org\.record_search\s+WHERE \(org_id = org\.scope\(\)\);$/,
    );
  });

  test("every key and every reference inside `org` begins with the org", async () => {
    const keys = await owner`
      SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'org'::regnamespace AND i.indisunique
        AND (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = i.indkey[0]) <> 'org_id'`;
    expect(keys).toHaveLength(0);
    const references = await owner`
      SELECT f.conname, f.conrelid::regclass::text AS name FROM pg_constraint f
      JOIN pg_class target ON target.oid = f.confrelid
      WHERE f.contype = 'f' AND f.connamespace = 'org'::regnamespace
        AND target.relnamespace = 'org'::regnamespace
        AND NOT EXISTS (
          SELECT FROM unnest(f.conkey, f.confkey) AS pair (here, there)
          JOIN pg_attribute h ON h.attrelid = f.conrelid AND h.attnum = here AND h.attname = 'org_id'
          JOIN pg_attribute t ON t.attrelid = f.confrelid AND t.attnum = there AND t.attname = 'org_id')`;
    expect(references).toHaveLength(0);
  });

  test("a function that acts for another is the admission role's, fixes its search path and is nobody's by default", async () => {
    const functions = await owner`
      SELECT p.proname AS name, pg_get_userbyid(p.proowner) AS owner, p.proconfig AS settings,
        EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                WHERE a.grantee = 0) AS public
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosecdef`;
    expect(functions.length).toBeGreaterThan(5);
    for (const { name, owner: whose, settings, public: everybody } of functions) {
      const expected = OWNERS.get(name) ?? "yolo_admission";
      expect({ name, whose, everybody }).toEqual({ name, whose: expected, everybody: false });
      expect(settings, name).toContain("search_path=pg_catalog, pg_temp");
    }
  });

  test("our roles own nothing but a view, are members of nothing, and two of the four sign in", async () => {
    const names = ["yolo_app", "yolo_gateway", "yolo_admission", "yolo_eraser"];
    const roles = await owner`SELECT rolname FROM pg_roles r WHERE rolname = ANY(${names})
      AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication)
      AND rolcanlogin = (rolname IN ('yolo_app', 'yolo_gateway'))
      AND NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)`;
    expect(roles).toHaveLength(4);
    const owned = await owner`SELECT oid::regclass::text FROM pg_class
      WHERE pg_get_userbyid(relowner) = ANY(${names})`;
    expect(owned).toEqual([{ oid: "org.copied_records" }]);
  });

  test("nobody who serves calls may delete, empty or redefine anything but sessions of people and used links", async () => {
    const grants = await owner`
      SELECT c.oid::regclass::text AS name, pg_get_userbyid(a.grantee) AS role, a.privilege_type
      FROM pg_class c, aclexplode(c.relacl) a
      WHERE c.relnamespace IN ('org'::regnamespace, 'directory'::regnamespace)
        AND (a.grantee = 0 OR pg_get_userbyid(a.grantee) IN ('yolo_app', 'yolo_gateway', 'yolo_admission'))
        AND (a.grantee = 0 OR a.privilege_type IN ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN'))
      ORDER BY name`;
    expect(grants).toEqual(
      ["person_sessions", "two_factors", "verifications"].map((name) => ({
        name: `directory.${name}`,
        role: "yolo_app",
        privilege_type: "DELETE",
      })),
    );
  });

  test("records, payloads and published versions are only ever added", async () => {
    const grants = await owner`
      SELECT c.relname AS name, role FROM pg_class c,
        unnest(ARRAY['yolo_app', 'yolo_gateway', 'yolo_admission']) AS role
      WHERE c.relnamespace = 'org'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname ~ '^(intents|outcomes|payloads|corrections|policy_versions|changes|data_keys)'
        AND has_any_column_privilege(role, c.oid, 'UPDATE')`;
    expect(grants).toHaveLength(0);
  });

  test("the gateway writes no table itself", async () => {
    const grants = await owner`
      SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relnamespace IN ('org'::regnamespace, 'directory'::regnamespace)
        AND c.relkind IN ('r', 'p') AND (
          has_any_column_privilege('yolo_gateway', c.oid, 'INSERT, UPDATE')
          OR has_table_privilege('yolo_gateway', c.oid, 'DELETE, TRUNCATE'))`;
    expect(grants).toHaveLength(0);
  });
});

describe("tried as the roles themselves", () => {
  test("without a scope there is an error, never rows, on tables that hold some", async () => {
    for (const sql of [app, gateway]) {
      await expect(sql`SELECT * FROM org.projects`).rejects.toThrow("yolo.org");
      await expect(inOrg(sql, "", "SELECT * FROM org.projects")).rejects.toThrow("uuid");
      expect(await inOrg(sql, ORG_A, "SELECT org_id FROM org.projects")).toEqual([
        { org_id: ORG_A },
      ]);
      await expect(sql`SELECT * FROM org.projects`, "the scope ended").rejects.toThrow();
    }
  });

  test("a row of another org can be neither written nor moved there", async () => {
    const insert = `INSERT INTO org.projects (org_id, id, slug, name) VALUES ('${ORG_B}', '${ORG_A}', 'x', 'x')`;
    await expect(inOrg(app, ORG_A, insert)).rejects.toThrow("row-level security");
    const move = `UPDATE org.projects SET org_id = '${ORG_B}'`;
    await expect(inOrg(app, ORG_A, move)).rejects.toThrow("row-level security");
    const update = `UPDATE org.projects SET name = 'theirs' WHERE org_id = '${ORG_B}' RETURNING id`;
    expect(await inOrg(app, ORG_A, update)).toHaveLength(0);
  });

  test.for([
    "SET ROLE yolo_admission",
    "SET ROLE yolo_eraser",
    "SET ROLE postgres",
    "CREATE TABLE org.mine (id int)",
    "CREATE TABLE directory.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "ALTER TABLE org.projects DISABLE ROW LEVEL SECURITY",
    "DROP POLICY app ON org.projects",
    "DELETE FROM org.intents",
    "UPDATE org.outcomes SET v = 0",
    "TRUNCATE org.intents",
    "DELETE FROM directory.orgs",
    "SELECT * FROM directory.instances",
    "SELECT * FROM org.intents_default",
    "SELECT rolpassword FROM pg_authid",
    "SELECT org.read_outcomes('[]')",
    "CREATE ROLE mine",
    "ALTER ROLE yolo_app SUPERUSER",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY org.projects TO PROGRAM 'true'",
  ])("neither app nor gateway may: %s", async (statement) => {
    for (const sql of [app, gateway]) {
      await expect(inOrg(sql, ORG_A, statement)).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|0LP01)$/),
      });
    }
  });

  test("row security cannot be switched off for a session", async () => {
    for (const sql of [app, gateway]) {
      const off = inOrg(sql, ORG_A, "SET LOCAL row_security = off; SELECT * FROM org.projects");
      await expect(off).rejects.toMatchObject({ code: "42501" });
    }
  });

  test("what only the other role may do is refused", async () => {
    for (const statement of [
      "SELECT * FROM org.intents",
      "SELECT * FROM org.api_tokens",
      "SELECT * FROM directory.people",
      "SELECT * FROM directory.api_token_hashes",
      "INSERT INTO org.projects (org_id, id, slug, name) SELECT org_id, id, 'x', 'x' FROM org.projects",
      "UPDATE org.agent_keys SET revoked_at = NULL",
      "SELECT org.sweep_instances_1()",
      "SELECT org.make_partitions_1(1)",
    ]) {
      await expect(inOrg(gateway, ORG_A, statement)).rejects.toMatchObject({ code: "42501" });
    }
    for (const statement of [
      "SELECT org.admit_1('[]')",
      "SELECT org.settle_1('[]')",
      "SELECT org.admit_2('{}', '[]', NULL)",
      "SELECT org.settle_2('[]', NULL)",
      "SELECT org.revisions_1('{}')",
      "SELECT directory.end_lease_1(NULL)",
      "UPDATE org.policy_versions SET text = ''",
      "UPDATE org.revisions SET revision = 0",
    ]) {
      await expect(inOrg(app, ORG_A, statement)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
