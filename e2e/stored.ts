/** Everything a running product has stored: each row of its database as text, and each file of its data folder as bytes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backstage } from "./backstage.ts";

/** Where the text stands: tables by name, files by path. In the database also as bytes in `bytea` columns. */
export async function findStored(backstage: Backstage, text: string): Promise<readonly string[]> {
  const tables = await tablesWith(backstage, text);
  const files = filesIn(backstage.data).filter((path) => readFileSync(path).includes(text));
  return [...tables, ...files];
}

async function tablesWith({ sql }: Backstage, text: string): Promise<readonly string[]> {
  const hex = Buffer.from(text).toString("hex");
  const tables = await sql<{ name: string }[]>`
    SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('directory', 'org') ORDER BY 1`;
  const holding: string[] = [];
  for (const { name } of tables) {
    const rows = await sql`
      SELECT FROM ${sql.unsafe(name)} AS row
      WHERE strpos(row::text, ${text}) > 0 OR strpos(row::text, ${hex}) > 0 LIMIT 1`;
    if (rows.length > 0) holding.push(name);
  }
  return holding;
}

/** Regular files only: sockets and what vanishes meanwhile hold nothing that stays. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
