/** The Postgres client of the hot path, of LISTEN and of reads that need exact SQL. */
import postgres from "postgres";

export type Sql = postgres.Sql<{ bigint: bigint }>;
export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;

export interface SqlOptions {
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly connections: number;
  /** Statements and lock waits are ended by the server after this long. */
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
}

const CONNECT_TIMEOUT_SECONDS = 5;

/** A pool. Connections open on first use; a lost one is opened again by itself. Bigints arrive as `bigint`. */
export function connectSql(url: string, options: SqlOptions): Sql {
  return postgres(url, {
    max: options.connections,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // The client's default backs off up to half a minute; after an outage that is too long for a data plane.
    backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 2),
    onnotice: () => undefined,
    types: { bigint: postgres.BigInt },
    connection: {
      application_name: options.name,
      statement_timeout: options.statementTimeoutMs,
      lock_timeout: options.lockTimeoutMs,
    },
  });
}

/** Runs `work` in one read-only transaction whose row security scope is this org. */
export function readOrg<Result>(
  sql: Sql,
  orgId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const transaction = sql.begin("isolation level repeatable read read only", async (tx) => {
    await tx`SELECT set_config('yolo.org', ${orgId}, true)`;
    return { result: await work(tx) };
  });
  return transaction.then(({ result }) => result);
}
