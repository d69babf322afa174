/**
 * Brings a database to this checkout's schema: roles first, then every migration that is not applied yet.
 * Running it again changes nothing; two at once wait for each other. `npm run migrate` uses DATABASE_URL.
 */
import type pg from "pg";
import { connect } from "./connect.ts";
import { migrationList, NO_FILTERS, withEngine } from "./engine.ts";
import { OperatorError, runCommand } from "./operator-error.ts";
import { ensureRoles, type RolePasswords } from "./roles.ts";

/** One number for "somebody migrates this database", `pg_advisory_lock`. */
const MIGRATION_LOCK = 7_301_640_155;
const OLDEST_POSTGRES = 16;

export interface Migration {
  /** A superuser's URL, or one of the database's owner with CREATEROLE. */
  readonly url: string;
  readonly roles?: RolePasswords;
}

/**
 * The names of the migrations applied now, in order; empty when there was nothing to do.
 * A migration that fails leaves nothing of itself behind and is tried anew next time.
 * Throws `OperatorError`, one line, for everything the person who runs it can mend.
 */
export async function migrate({ url, roles = {} }: Migration): Promise<readonly string[]> {
  const client = await connect(url);
  try {
    await refuseOldPostgres(client);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await ensureRoles(client, roles);
    return await applyMigrations(url);
  } finally {
    await client.end();
  }
}

async function refuseOldPostgres(client: pg.Client): Promise<void> {
  const result = await client.query<{ server_version_num: string }>("SHOW server_version_num");
  const major = Math.floor(Number(result.rows[0]?.server_version_num) / 10_000);
  if (major >= OLDEST_POSTGRES) return;
  throw new OperatorError(
    `This is Postgres ${major}; yologateway needs ${OLDEST_POSTGRES} or newer.`,
  );
}

async function applyMigrations(url: string): Promise<readonly string[]> {
  const migrationsList = migrationList();
  return withEngine(url, async (engine, scriptError) => {
    const input = { migrationsList, optInToShadowDatabase: false, filters: NO_FILTERS };
    const { failedMigrationNames } = await engine.diagnoseMigrationHistory(input);
    for (const migrationName of failedMigrationNames) {
      await engine.markMigrationRolledBack({ migrationName });
    }
    const history = await engine.diagnoseMigrationHistory(input);
    refuseOtherHistory(history.editedMigrationNames, history.history?.diagnostic);
    try {
      const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return applied.appliedMigrationNames;
    } catch (error) {
      throw explain(error, scriptError());
    }
  });
}

function refuseOtherHistory(edited: readonly string[], diagnostic: string | undefined): void {
  if (edited.length > 0) {
    throw new OperatorError(
      `The migration ${edited[0]} was changed after this database applied it: restore its text and write a new migration (or start with an empty database).`,
    );
  }
  if (diagnostic === "migrationsDirectoryIsBehind" || diagnostic === "historiesDiverge") {
    throw new OperatorError(
      "This database holds migrations that this checkout does not have: use the newer checkout (or an empty database).",
    );
  }
}

function explain(error: unknown, cause: pg.DatabaseError | undefined): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (cause === undefined) {
    return new OperatorError(`Migrating failed: ${message.split("\n", 1)[0]}`, { cause: error });
  }
  const name = /migration_name="([^"]+)"/.exec(message)?.[1] ?? "a migration";
  return new OperatorError(`Migration ${name} failed, nothing of it is applied: ${cause.message}`, {
    cause,
  });
}

if (import.meta.main) await runCommand(main);

async function main(): Promise<void> {
  const { DATABASE_URL: url } = process.env;
  if (!url) throw new OperatorError("Set DATABASE_URL to the database that should be migrated.");
  const applied = await migrate({ url });
  const summary = applied.length === 0 ? "nothing to do" : `applied ${applied.join(", ")}`;
  process.stdout.write(`Migrated: ${summary}.\n`);
}
