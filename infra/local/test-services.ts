/**
 * The servers every test shares: Postgres with a migrated template, and Redis. Where TEST_DATABASE_URL and
 * TEST_REDIS_URL name running ones, those are used; else private ones start in a temporary folder and vanish.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@yolo/prisma/connect";
import { migrationList } from "@yolo/prisma/engine";
import { migrate } from "@yolo/prisma/migrate";
import { rolePasswords, withPath } from "@yolo/testkit/database";
import { type PostgresOptions, startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

export interface TestServices extends AsyncDisposable {
  /** What `createDatabase` and `createRedis` of the testkit read from the environment. */
  readonly env: {
    readonly TEST_DATABASE_URL: string;
    readonly TEST_DATABASE_TEMPLATE: string;
    readonly TEST_REDIS_URL: string;
  };
}

/** Somebody makes a template on this server, `pg_advisory_lock` in the database of the server's URL. */
const TEMPLATE_LOCK = 7_301_640_156;

export async function startTestServices({
  fsync,
}: Required<PostgresOptions>): Promise<TestServices> {
  const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
  const folder = mkdtempSync(join(tmpdir(), "yolo-test-"));
  mkdirSync(join(folder, "logs"));
  await using started = new AsyncDisposableStack();
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = TEST_DATABASE_URL ? undefined : await startPostgres(folder, { fsync });
  started.defer(async () => {
    if (postgres === undefined) return;
    await postgres.stop();
    rmSync(postgres.cluster, { recursive: true, force: true });
  });
  const redis = TEST_REDIS_URL ? undefined : await startRedis(folder);
  started.defer(() => redis?.stop());
  const databaseUrl = TEST_DATABASE_URL || postgres?.url || "";
  const env = {
    TEST_DATABASE_URL: databaseUrl,
    TEST_DATABASE_TEMPLATE: await makeTemplate(databaseUrl),
    TEST_REDIS_URL: TEST_REDIS_URL || redis?.url || "",
  };
  const owned = started.move();
  return { env, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The name of a database that has exactly this checkout's migrations; made once per text of the migrations. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const digest = createHash("sha256").update(JSON.stringify(migrationList().migrationDirectories));
  const name = `yolo_template_${digest.digest("hex").slice(0, 16)}`;
  const unfinished = `${name}_unfinished`;
  const client = await connect(serverUrl);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 1) return name;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished}`);
    await migrate({ url: withPath(serverUrl, unfinished), roles: rolePasswords(serverUrl) });
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}
