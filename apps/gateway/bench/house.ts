/** What our gateway needs around it: a database, an org with agent, key, connector and policy, and what they left there. */
import { addConnector } from "@yolo/control/connector/add";
import { createDatabase } from "@yolo/testkit/database";
import postgres from "postgres";
import { ALLOW_CLAUDE, connectControlPlane, createSecrets } from "../test/tenant.ts";
import { parentOf } from "./process-cost.ts";

export interface House extends AsyncDisposable {
  readonly gatewayUrl: string;
  readonly secretsFile: string;
  readonly upstreamUrl: string;
  /** Root of the database's processes. */
  readonly databasePid: number;
  readonly databaseVersion: string;
  /** What every call sends: the same to every target. */
  readonly headers: Readonly<Record<string, string>>;
  /** Counts what is on record. */
  readRecords(): Promise<Records>;
}

export interface Records {
  readonly intents: number;
  /** By outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Without these a commit would not be durable, and the figures worth nothing. */
const DURABLE = ["fsync", "synchronous_commit", "full_page_writes"];

export async function createHouse(upstreamUrl: string): Promise<House> {
  await using started = new AsyncDisposableStack();
  const database = started.use(await createDatabase());
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  started.defer(() => sql.end());
  await requireDurable(sql);
  const secrets = started.use(await createSecrets());
  const control = started.use(
    connectControlPlane({
      appUrl: database.appUrl,
      secretsFile: secrets.file,
      testModelUrl: upstreamUrl,
    }),
  );
  const tenant = await control.createTenant(ALLOW_CLAUDE);
  await addConnector.run(tenant.context, {
    name: "upstream",
    provider: "anthropic",
    mode: "vaulted",
    credential: "the-key-of-the-bench",
    baseUrl: upstreamUrl,
  });
  const { key } = await tenant.newKey("live");
  const { databasePid, databaseVersion } = await readServer(sql);
  const owned = started.move();
  return {
    gatewayUrl: database.gatewayUrl,
    secretsFile: secrets.file,
    upstreamUrl,
    databasePid,
    databaseVersion,
    headers: {
      host: `${tenant.slug}.localhost`,
      "user-agent": "bench",
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      "x-api-key": key,
    },
    readRecords: () => readRecords(sql),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function requireDurable(sql: postgres.Sql): Promise<void> {
  for (const name of DURABLE) {
    const [row] = await sql<{ value: string }[]>`SELECT current_setting(${name}) AS value`;
    if (row?.value !== "on") throw new Error(`Postgres runs with ${name} = ${row?.value}`);
  }
}

async function readServer(
  sql: postgres.Sql,
): Promise<Pick<House, "databasePid" | "databaseVersion">> {
  const [row] = await sql<{ pid: number; version: string }[]>`
    SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version`;
  if (row === undefined) throw new Error("Postgres says nothing about itself");
  // Every backend is a child of the postmaster, and so is every helper of the cluster.
  return { databasePid: parentOf(row.pid), databaseVersion: row.version };
}

async function readRecords(sql: postgres.Sql): Promise<Records> {
  const [total] = await sql<{ intents: number }[]>`
    SELECT count(*)::float AS intents FROM org.intents`;
  const rows = await sql<{ outcome: string; count: number }[]>`
    SELECT outcome, count(*)::float AS count FROM org.outcomes GROUP BY 1 ORDER BY 1`;
  return {
    intents: total?.intents ?? 0,
    outcomes: Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])),
  };
}
