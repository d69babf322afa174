/**
 * Prisma's schema engine as WebAssembly over `pg`: needs no binary of its own, only Node 24.
 * It reads `schema/*.prisma` and `migrations/*` beside this file.
 */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import {
  type MigrationList,
  SchemaEngine,
  type SchemasContainer,
} from "@prisma/schema-engine-wasm";
import pg from "pg";

const HERE = import.meta.dirname;
/** Nothing in the database is managed by anybody else. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Postgres' internal one-letter type and its array, `pg_catalog.pg_type`. */
const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;

/**
 * Runs `work` with an engine connected to `url`, on one connection of its own that is closed afterwards.
 * The second argument gives the error that Postgres answered a migration script with, if any.
 */
export async function withEngine<T>(
  url: string,
  work: (engine: SchemaEngine, scriptError: () => pg.DatabaseError | undefined) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => undefined);
  let scriptError: pg.DatabaseError | undefined;
  const factory = adapterFactory(pool, (error) => {
    scriptError = error;
  });
  try {
    const engine = await SchemaEngine.new(
      { datamodels: schemaFiles().files.map(({ path, content }) => [path, content]) },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    return await work(engine, () => scriptError);
  } finally {
    await pool.end();
  }
}

/** Every `schema/*.prisma`, in the order of their names. */
export function schemaFiles(): SchemasContainer {
  const paths = globSync(join(HERE, "schema", "*.prisma")).sort();
  return {
    files: paths.map((path) => ({
      path: `schema/${basename(path)}`,
      content: readFileSync(path, "utf8"),
    })),
  };
}

/** Every `migrations/<name>/migration.sql`, in the order of their names. */
export function migrationList(): MigrationList {
  const baseDir = join(HERE, "migrations");
  const names = globSync(join(baseDir, "*", "migration.sql")).map((path) =>
    basename(join(path, "..")),
  );
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** The adapter itself splits scripts at every semicolon, which breaks function bodies and leaves halves behind. */
function adapterFactory(
  pool: pg.Pool,
  onScriptError: (error: pg.DatabaseError) => void,
): SqlMigrationAwareDriverAdapterFactory {
  const runScript = pool.query.bind(pool);
  const inner = new PrismaPg(announceCharAsArray(pool));
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connectToShadowDb: () => inner.connectToShadowDb(),
    connect: async () => {
      const adapter = await inner.connect();
      return Object.assign(adapter, {
        queryRaw: nameCharColumns(adapter),
        /** One message to Postgres is one transaction: all of the script applies, or nothing of it. */
        executeScript: async (script: string) => {
          await runScript(script).catch((error: unknown) => {
            if (error instanceof pg.DatabaseError) onScriptError(error);
            throw error;
          });
        },
      });
    },
  };
}

/**
 * The engine asks the catalog for columns of type "char", which the adapter does not know. So they are announced
 * as an array of it, a type that the adapter knows and no question to the catalog returns, and named rightly after.
 */
function announceCharAsArray(pool: pg.Pool): pg.Pool {
  const query = pool.query.bind(pool);
  return Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      for (const field of result.fields) {
        if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
      }
      return result;
    },
  });
}

function nameCharColumns(adapter: SqlDriverAdapter): SqlDriverAdapter["queryRaw"] {
  const queryRaw = adapter.queryRaw.bind(adapter);
  return async (query) => {
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
}
