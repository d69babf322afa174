/** The migrating program on migrations of its own, beside a copy of its sources. */
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { connect } from "@yolo/prisma/connect";
import { schemaDrift } from "@yolo/prisma/diff";
import { createDatabase } from "@yolo/testkit/database";
import { startProcess } from "@yolo/testkit/processes";
import { expect, onTestFinished, test } from "vitest";

const CHECKOUT = join(import.meta.dirname, "..");

/** A folder with the programs and one model; `migration` writes the SQL of one migration into it. */
function workshop() {
  const folder = mkdtempSync(join(tmpdir(), "yolo-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const source of globSync(join(CHECKOUT, "prisma", "*.{ts,json}"))) {
    cpSync(source, join(folder, basename(source)));
  }
  symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "schema"));
  writeFileSync(
    join(folder, "schema", "main.prisma"),
    'datasource db {\n  provider = "postgresql"\n  schemas = ["shop"]\n}\n' +
      'model Item {\n  id Int @id\n  @@map("items")\n  @@schema("shop")\n}\n',
  );
  const migration = (name: string, sql: string) => {
    mkdirSync(join(folder, "migrations", name), { recursive: true });
    writeFileSync(join(folder, "migrations", name, "migration.sql"), sql);
  };
  const forget = (name: string) => rmSync(join(folder, "migrations", name), { recursive: true });
  return { folder, migration, forget };
}

/** What the program says, and its exit code. */
async function run(folder: string, program: string, url: string): Promise<[string, number | null]> {
  const running = startProcess({
    name: program,
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", join(folder, program)],
    env: { DATABASE_URL: url },
  });
  const { code } = await running.exited;
  return [running.lastLines(100).join("\n"), code];
}

/** An empty database on the shared server. */
async function emptyDatabase(): Promise<string> {
  const database = await createDatabase();
  onTestFinished(() => database[Symbol.asyncDispose]());
  const client = await connect(database.ownerUrl);
  await client.query("DROP SCHEMA org, directory CASCADE; DROP TABLE public._prisma_migrations");
  await client.end();
  return database.ownerUrl;
}

const FIRST = `CREATE SCHEMA shop; CREATE TABLE shop.items (id integer NOT NULL, CONSTRAINT items_pkey PRIMARY KEY (id));
  CREATE FUNCTION shop.two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;`;

test("the migrations of this checkout lead to its schema", async () => {
  await using database = await createDatabase();
  expect(await schemaDrift(database.ownerUrl)).toBe("");
});

test("drift is shown as the SQL that is missing", async () => {
  await using database = await createDatabase();
  const client = await connect(database.ownerUrl);
  await client.query("ALTER TABLE directory.people DROP COLUMN name");
  await client.end();
  expect(await schemaDrift(database.ownerUrl)).toContain(
    'ALTER TABLE "directory"."people" ADD COLUMN',
  );
});

test("a migration that fails leaves nothing behind, and its mended text is tried anew", async () => {
  const url = await emptyDatabase();
  const { folder, migration } = workshop();
  migration("0001_first", FIRST);
  migration("0002_second", "CREATE TABLE shop.half (id int); SELECT 1 / 0;");
  expect(await run(folder, "migrate.ts", url)).toEqual([
    "Migration 0002_second failed, nothing of it is applied: division by zero",
    1,
  ]);
  migration("0002_second", "CREATE TABLE shop.half (id int);");
  expect(await run(folder, "migrate.ts", url)).toEqual(["Migrated: applied 0002_second.", 0]);
  expect(await run(folder, "migrate.ts", url)).toEqual(["Migrated: nothing to do.", 0]);
});

test("a migration that was changed after it was applied is refused", async () => {
  const url = await emptyDatabase();
  const { folder, migration } = workshop();
  migration("0001_first", FIRST);
  await run(folder, "migrate.ts", url);
  migration("0001_first", `${FIRST} -- changed`);
  expect(await run(folder, "migrate.ts", url)).toEqual([
    expect.stringMatching(/^The migration 0001_first was changed after this database applied it/),
    1,
  ]);
});

test("a database that is newer than the checkout is refused", async () => {
  const url = await emptyDatabase();
  const { folder, migration, forget } = workshop();
  migration("0001_first", FIRST);
  migration("0002_second", "CREATE TABLE shop.newer (id int);");
  await run(folder, "migrate.ts", url);
  forget("0002_second");
  expect(await run(folder, "migrate.ts", url)).toEqual([
    expect.stringMatching(/^This database holds migrations that this checkout does not have/),
    1,
  ]);
});

test("the diff prints the next migration", async () => {
  const url = await emptyDatabase();
  const { folder, migration } = workshop();
  migration("0001_first", FIRST);
  expect(await run(folder, "diff.ts", url)).toEqual(["-- Migrations and schema agree.", 0]);
  migration("0001_first", FIRST.replace("shop.items (", "shop.things ("));
  const [sql] = await run(folder, "diff.ts", url);
  expect(sql).toContain('CREATE TABLE "shop"."items"');
});
