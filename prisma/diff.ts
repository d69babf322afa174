/**
 * Where the schema files and the migrations disagree. Prisma sees tables, columns, keys, indexes and enums;
 * of partitioned tables the parent; not partitions, row security, functions, triggers, grants and CHECKs.
 * `node prisma/diff.ts` prints the SQL that the next migration lacks (DATABASE_URL: where a scratch database may be made).
 */
import { randomUUID } from "node:crypto";
import { connect } from "./connect.ts";
import { migrationList, NO_FILTERS, schemaFiles, withEngine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { OperatorError, runCommand } from "./operator-error.ts";

/**
 * The SQL that leads from the migrated database at `url` to the schema files; empty when they agree.
 * Reads the catalog only.
 */
export async function schemaDrift(url: string): Promise<string> {
  const schema = schemaFiles();
  return withEngine(url, async (engine) => {
    const result = await engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: import.meta.dirname },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "");
  });
}

/** As `schemaDrift`, of a scratch database on the same server that is migrated for it and dropped again. */
async function driftOfMigrations(serverUrl: string): Promise<string> {
  const name = `yolo_scratch_${randomUUID().replaceAll("-", "")}`;
  const scratch = new URL(serverUrl);
  scratch.pathname = `/${name}`;
  const client = await connect(serverUrl);
  try {
    await client.query(`CREATE DATABASE ${name}`);
    if (migrationList().migrationDirectories.length > 0) await migrate({ url: scratch.href });
    return await schemaDrift(scratch.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  }
}

if (import.meta.main) await runCommand(main);

async function main(): Promise<void> {
  const { DATABASE_URL, TEST_DATABASE_URL } = process.env;
  const url = DATABASE_URL ?? TEST_DATABASE_URL;
  if (!url) {
    throw new OperatorError("Set DATABASE_URL to a server that may hold a scratch database.");
  }
  process.stdout.write((await driftOfMigrations(url)) || "-- Migrations and schema agree.\n");
}
