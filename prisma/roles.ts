/**
 * The cluster roles that serve calls. None is superuser, may create databases or roles, or passes row security;
 * creating them again changes nothing.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import pg from "pg";
import { OperatorError } from "./operator-error.ts";

/** Dashboard and worker; the gateway; the owner of functions that span orgs; the one that may delete records. */
export const ROLES = {
  app: { name: "yolo_app", login: true },
  gateway: { name: "yolo_gateway", login: true },
  admission: { name: "yolo_admission", login: false },
  eraser: { name: "yolo_eraser", login: false },
} as const;

/** Passwords of the two roles that sign in. Where none is given, the role's password stays as it is. */
export interface RolePasswords {
  readonly app?: string;
  readonly gateway?: string;
}

const NAMES = Object.values(ROLES).map((role) => role.name);
/** Another migration on the same cluster changed the same role at the same moment. */
const RACES = new Set(["XX000", "23505", "42710"]);
const ATTEMPTS = 5;

/**
 * Creates what is missing, sets the given passwords and makes the connected user able to hand functions to the
 * two NOLOGIN roles. Works as a superuser, and as an owner of the database with CREATEROLE.
 * Throws `OperatorError` where a right is missing or an existing role may do more than it should.
 */
export async function ensureRoles(client: pg.Client, passwords: RolePasswords): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await createMissing(client);
      await setPasswords(client, passwords);
      break;
    } catch (error) {
      if (attempt < ATTEMPTS && RACES.has(errorCode(error))) continue;
      throw explain(error);
    }
  }
  await refusePowerful(client);
  try {
    await grantToMigrator(client);
  } catch (error) {
    throw explain(error);
  }
}

async function createMissing(client: pg.Client): Promise<void> {
  const found = await client.query<{ rolname: string }>(
    "SELECT rolname FROM pg_roles WHERE rolname = ANY($1)",
    [NAMES],
  );
  const present = new Set(found.rows.map((row) => row.rolname));
  for (const { name, login } of Object.values(ROLES)) {
    if (!present.has(name))
      await client.query(`CREATE ROLE ${name} ${login ? "LOGIN" : "NOLOGIN"}`);
  }
}

async function setPasswords(client: pg.Client, passwords: RolePasswords): Promise<void> {
  for (const key of ["app", "gateway"] as const) {
    const password = passwords[key];
    if (password === undefined) continue;
    const verifier = pg.escapeLiteral(scramVerifier(password));
    await client.query(`ALTER ROLE ${ROLES[key].name} PASSWORD ${verifier}`);
  }
}

/** A role of ours that someone gave more rights than it was made with would open what row security closes. */
async function refusePowerful(client: pg.Client): Promise<void> {
  const powerful = await client.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles r
     WHERE rolname = ANY($1)
       AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication
            OR rolcanlogin <> (rolname = ANY($2))
            OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid))`,
    [NAMES, [ROLES.app.name, ROLES.gateway.name]],
  );
  const role = powerful.rows[0]?.rolname;
  if (role === undefined) return;
  throw new OperatorError(
    `The role ${role} may do more than it should (SUPERUSER, CREATEDB, CREATEROLE, BYPASSRLS, REPLICATION, a LOGIN of a role that has none, or membership in another role); drop it or take that away.`,
  );
}

/** ALTER FUNCTION … OWNER TO needs SET on the new owner; without INHERIT the migrator gains nothing else by it. */
async function grantToMigrator(client: pg.Client): Promise<void> {
  for (const { name } of [ROLES.admission, ROLES.eraser]) {
    const able = await holds(client, "SELECT pg_has_role(current_user, $1, 'SET') AS yes", name);
    if (!able) await client.query(`GRANT ${name} TO CURRENT_USER WITH SET TRUE, INHERIT FALSE`);
  }
  for (const { name } of [ROLES.app, ROLES.gateway]) {
    const able = await holds(
      client,
      "SELECT has_database_privilege($1, current_database(), 'CONNECT') AS yes",
      name,
    );
    if (able) continue;
    const database = await client.query<{ name: string }>("SELECT current_database() AS name");
    const quoted = pg.escapeIdentifier(database.rows[0]?.name ?? "");
    await client.query(`GRANT CONNECT ON DATABASE ${quoted} TO ${name}`);
  }
}

async function holds(client: pg.Client, sql: string, role: string): Promise<boolean> {
  const result = await client.query<{ yes: boolean }>(sql, [role]);
  return result.rows[0]?.yes === true;
}

/** What Postgres stores for a password (RFC 5803), computed here so that the password itself never reaches a log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

function explain(error: unknown): unknown {
  if (errorCode(error) !== "42501" || !(error instanceof Error)) return error;
  return new OperatorError(
    `The user of DATABASE_URL may not set up the roles ${NAMES.join(", ")} (${error.message}): use a superuser, or let one run "ALTER ROLE <user> CREATEROLE" and, for roles that exist already, "GRANT <role> TO <user> WITH ADMIN TRUE, INHERIT FALSE".`,
    { cause: error },
  );
}

function errorCode(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? "") : "";
}
