/**
 * A real database of one's own per test: cloned from a template that is migrated once.
 * Whoever runs the tests says in the environment where the server is and what the template is called.
 */
import { createHmac, randomBytes } from "node:crypto";
import postgres from "postgres";

export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  /** The migrating superuser: for preparing and for looking behind the scenes. */
  readonly ownerUrl: string;
  /** `yolo_app`, the role of dashboard and worker. */
  readonly appUrl: string;
  /** `yolo_gateway`, the role of the gateway. */
  readonly gatewayUrl: string;
}

/**
 * A fresh, migrated database without rows; disposing drops it with everybody who is still connected.
 * Needs TEST_DATABASE_URL (a superuser's) and TEST_DATABASE_TEMPLATE.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_URL: serverUrl, TEST_DATABASE_TEMPLATE: template } = process.env;
  if (!serverUrl || !template) {
    throw new Error(
      "TEST_DATABASE_URL and TEST_DATABASE_TEMPLATE are not set: run this by vitest.",
    );
  }
  const name = `yolo_test_${randomBytes(8).toString("hex")}`;
  await administer(serverUrl, (sql) => sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(template)}`);
  const passwords = rolePasswords(serverUrl);
  return {
    name,
    ownerUrl: withPath(serverUrl, name),
    appUrl: asRole(serverUrl, { name, role: "yolo_app", password: passwords.app }),
    gatewayUrl: asRole(serverUrl, { name, role: "yolo_gateway", password: passwords.gateway }),
    async [Symbol.asyncDispose]() {
      await administer(serverUrl, (sql) => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`);
    },
  };
}

/**
 * The passwords of the two serving roles on a test server. Roles belong to the whole server, so everybody who
 * shares it must arrive at the same ones: they follow from the superuser's own password.
 */
export function rolePasswords(serverUrl: string): {
  readonly app: string;
  readonly gateway: string;
} {
  const key = decodeURIComponent(new URL(serverUrl).password);
  const derive = (role: string) => createHmac("sha256", key).update(role).digest("base64url");
  return { app: derive("yolo_app"), gateway: derive("yolo_gateway") };
}

/** The same server, another database. */
export function withPath(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function asRole(
  serverUrl: string,
  { name, role, password }: { name: string; role: string; password: string },
): string {
  const url = new URL(withPath(serverUrl, name));
  url.username = role;
  url.password = password;
  return url.href;
}

async function administer(
  url: string,
  statement: (sql: postgres.Sql) => postgres.PendingQuery<postgres.Row[]>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await statement(sql).simple();
  } finally {
    await sql.end();
  }
}
