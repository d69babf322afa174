/** Has the running product's database refuse the dashboard something, as it would when something is wrong with it. */
import type { Backstage } from "../backstage.ts";

type Refused = "changes" | "reads" | "frame";

/** Until what is returned is disposed of. */
export async function refuse({ sql }: Backstage, what: Refused): Promise<AsyncDisposable> {
  const right = await rightTo(what, sql);
  await sql.unsafe(`REVOKE ${right} FROM yolo_app`);
  return {
    async [Symbol.asyncDispose]() {
      await sql.unsafe(`GRANT ${right} TO yolo_app`);
    },
  };
}

async function rightTo(what: Refused, sql: Backstage["sql"]): Promise<string> {
  switch (what) {
    case "changes": // No change without its line in the audit.
      return "INSERT ON org.changes";
    case "frame": // Who one is in which org.
      return "EXECUTE ON FUNCTION org.orgs_of_person_1(uuid)";
    case "reads":
      return `SELECT ON ${await readTables(sql)}`;
  }
}

async function readTables(sql: Backstage["sql"]): Promise<string> {
  const [row] = await sql<{ tables: string }[]>`
    SELECT string_agg(format('org.%I', relname), ', ') AS tables FROM pg_class
    WHERE relnamespace = 'org'::regnamespace AND relkind IN ('r', 'p')
      AND has_table_privilege('yolo_app', oid, 'SELECT')`;
  return row?.tables ?? "";
}
