import postgres from "postgres";
import { expect, test } from "vitest";
import { createDatabase } from "./database.ts";

test("many databases are cloned at once, and each role reaches only its own", async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, () => createDatabase()));
  for (const database of databases) {
    for (const [url, role] of [
      [database.ownerUrl, "postgres"],
      [database.appUrl, "yolo_app"],
      [database.gatewayUrl, "yolo_gateway"],
    ] as const) {
      const sql = postgres(url, { max: 1 });
      const [row] = await sql`SELECT current_user AS role, current_database() AS name,
        to_regclass('org.intents') IS NOT NULL AS migrated`;
      expect(row).toEqual({ role, name: database.name, migrated: true });
      await sql.end();
    }
  }
  await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
});

test("a disposed database is gone, also for those who are still connected", async () => {
  const database = await createDatabase();
  const sql = postgres(database.appUrl, { max: 1, onclose: () => undefined });
  await sql`SELECT 1`;
  await database[Symbol.asyncDispose]();
  await expect(sql`SELECT 1`).rejects.toThrow();
  await sql.end();
});
