/** Who may set up a database, and what the roles that serve calls are. On a server of its own: roles belong to a server. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@yolo/prisma/connect";
import { schemaDrift } from "@yolo/prisma/diff";
import { migrate } from "@yolo/prisma/migrate";
import type pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Postgres, startPostgres } from "./local/postgres.ts";

const PASSWORDS = { app: "app-password", gateway: "gateway-password" };

let folder: string;
let server: Postgres;
let superuser: pg.Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yolo-roles-"));
  mkdirSync(join(folder, "logs"));
  server = await startPostgres(folder);
  superuser = await connect(server.url);
  await superuser.query("CREATE ROLE plain LOGIN CREATEROLE PASSWORD 'p'");
  await superuser.query("CREATE ROLE nobody LOGIN PASSWORD 'p'");
});

afterAll(async () => {
  await superuser.end();
  await server.stop();
  rmSync(server.cluster, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** The URL of a new database, for the user who owns it. */
async function database(name: string, owner: "postgres" | "plain" | "nobody"): Promise<string> {
  await run(server.url, `CREATE DATABASE ${name} OWNER ${owner}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  if (owner !== "postgres") Object.assign(url, { username: owner, password: "p" });
  return url.href;
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = await connect(url);
  try {
    const result = await client.query(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

test("without the right to create roles, one line says which right is missing", async () => {
  const url = await database("not_yours", "nobody");
  await expect(migrate({ url })).rejects.toMatchObject({
    name: "OperatorError",
    message: expect.stringMatching(
      /^The user of DATABASE_URL may not set up the roles .*CREATEROLE/,
    ),
  });
});

test("an owner with CREATEROLE migrates, twice, and hands functions to a role it cannot use", async () => {
  const url = await database("plain_one", "plain");
  expect(await migrate({ url, roles: PASSWORDS })).not.toEqual([]);
  expect(await migrate({ url, roles: PASSWORDS })).toEqual([]);
  expect(await schemaDrift(url)).toBe("");
  const held = "SELECT pg_has_role('yolo_admission', 'USAGE') AS usage";
  expect(await run(url, held)).toEqual([{ usage: false }]);
});

test("a superuser migrates the next database of the same server", async () => {
  const url = await database("super_one", "postgres");
  expect(await migrate({ url, roles: PASSWORDS })).not.toEqual([]);
  expect(await schemaDrift(url)).toBe("");
});

test("whoever migrated, each function and view is open to the same roles, and none to everybody", async () => {
  const rights = `
    SELECT o.kind, o.name, o.owner::regrole::text, a.grantee::regrole::text, a.privilege_type
    FROM (
      SELECT 'function' AS kind, p.oid::regprocedure::text AS name, p.proowner AS owner,
        coalesce(p.proacl, acldefault('f', p.proowner)) AS acl
      -- A trigger's function cannot be called.
      FROM pg_proc p WHERE p.pronamespace = ANY (ARRAY['org', 'directory']::regnamespace[]) AND p.prorettype <> 'trigger'::regtype
      UNION ALL
      SELECT 'view', c.oid::regclass::text, c.relowner, coalesce(c.relacl, acldefault('r', c.relowner))
      FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = 'org'::regnamespace) o,
      aclexplode(o.acl) a
    WHERE o.owner IN ('yolo_admission'::regrole, 'yolo_eraser'::regrole) AND a.grantee <> o.owner
    ORDER BY 1, 2, 4, 5`;
  const [byPlain, bySuperuser] = await Promise.all(
    (["plain", "postgres"] as const).map(async (owner) => {
      const url = await database(`rights_of_${owner}`, owner);
      await migrate({ url, roles: PASSWORDS });
      return run(url, rights);
    }),
  );
  expect(byPlain).toEqual(bySuperuser);
  expect(byPlain?.length).toBeGreaterThan(10);
  expect(byPlain).not.toContainEqual(expect.objectContaining({ grantee: "-" }));
});

test("four databases of one server are migrated at once, each twice at the same moment", async () => {
  const names = ["at_once_1", "at_once_2", "at_once_3", "at_once_4"];
  const urls = await Promise.all(names.map((name) => database(name, "postgres")));
  const both = [...urls, ...urls].map((url) => migrate({ url, roles: PASSWORDS }));
  const applied = await Promise.all(both);
  expect(applied.filter((migrations) => migrations.length > 0)).toHaveLength(4);
});

test("the serving roles sign in with the given passwords only, and keep them when none is given", async () => {
  const url = await database("passwords", "postgres");
  await migrate({ url, roles: PASSWORDS });
  await migrate({ url });
  for (const [role, password] of [
    ["yolo_app", PASSWORDS.app],
    ["yolo_gateway", PASSWORDS.gateway],
  ] as const) {
    const own = new URL(url);
    Object.assign(own, { username: role, password });
    expect(await run(own.href, "SELECT current_user AS role")).toEqual([{ role }]);
    own.password = "another";
    await expect(run(own.href, "SELECT 1")).rejects.toThrow("it refuses the password");
  }
  const stored = await superuser.query(
    "SELECT rolpassword FROM pg_authid WHERE rolname = 'yolo_app'",
  );
  expect(stored.rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$/);
});

test.for([
  ["ALTER ROLE yolo_app SUPERUSER", "ALTER ROLE yolo_app NOSUPERUSER"],
  ["ALTER ROLE yolo_gateway BYPASSRLS", "ALTER ROLE yolo_gateway NOBYPASSRLS"],
  ["ALTER ROLE yolo_admission LOGIN", "ALTER ROLE yolo_admission NOLOGIN"],
  ["GRANT yolo_admission TO yolo_gateway", "REVOKE yolo_admission FROM yolo_gateway"],
] as const)("a role that was given more is refused: %s", async ([given, taken]) => {
  const url = await database(`more_${Math.random().toString(36).slice(2)}`, "postgres");
  onTestFinished(async () => {
    await superuser.query(taken);
  });
  await superuser.query(given);
  await expect(migrate({ url })).rejects.toMatchObject({
    name: "OperatorError",
    message: expect.stringMatching(/^The role yolo_\w+ may do more than it should/),
  });
});
