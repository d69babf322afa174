/**
 * The Postgres client of the hot path, of LISTEN and of reads that need exact SQL. A lost connection fails the
 * statements that were on it and nothing else; every statement ends, by the server's limit or by ours.
 */
import pg from "pg";
import { type Listener, listen, type Subscription } from "./listen.ts";

/** What may stand in a statement: text, numbers, bytes, moments, and lists of them for `= ANY (…)`. */
export type Parameter =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly Parameter[];

/** A statement with parameters; prepared once per connection. Bigints arrive as `bigint`, bytes as `Buffer`. */
export type Query = <Rows extends readonly object[] = Record<string, unknown>[]>(
  text: TemplateStringsArray,
  ...parameters: readonly Parameter[]
) => Promise<Rows[number][]>;

export type Transaction = Query;
export type TransactionMode = "" | "ISOLATION LEVEL REPEATABLE READ READ ONLY";

export interface Sql extends Query {
  /** Runs `work` in one transaction, which commits when it resolves and is rolled back when it rejects. */
  begin<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    mode?: TransactionMode,
  ): Promise<Result>;
  /** Listens on a connection of its own, which opens again by itself when it is lost. */
  listen(listener: Listener): Promise<Subscription>;
  /** Waits for what is under way, for so many seconds at most. */
  end(options?: { readonly timeout?: number }): Promise<void>;
}

export interface SqlOptions {
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly connections: number;
  /** Statements and lock waits are ended by the server after this long. */
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that has not answered this long after its own limit never will. */
const SILENCE_MS = 1_000;
const LIFETIME_SECONDS = 3_600;
const END_TIMEOUT_SECONDS = 5;

/** A pool. Connections open on first use. */
export function connectSql(url: string, options: SqlOptions): Sql {
  const config: pg.PoolConfig = {
    connectionString: url,
    application_name: options.name,
    max: options.connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 0,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    keepAlive: true,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs,
    types: { getTypeParser },
  };
  const answerMs = options.statementTimeoutMs + SILENCE_MS;
  const pool = new pg.Pool(config);
  // The pool drops a connection that is lost; whoever was using it is told by the statement.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));

  const query: Query = async (text, ...parameters) => {
    const client = await pool.connect();
    try {
      const { rows } = await run(client, statementOf(text, parameters), answerMs);
      client.release();
      return rows;
    } catch (error) {
      client.release(sqlState(error) === null || isSpoilt(error));
      throw error;
    }
  };

  return Object.assign(query, {
    begin: async <Result>(
      work: (transaction: Transaction) => Promise<Result>,
      mode: TransactionMode = "",
    ) => inTransaction(await pool.connect(), work, mode, answerMs),
    listen: (listener: Listener) =>
      listen({ ...config, application_name: `${options.name} (listening)` }, listener),
    async end({ timeout = END_TIMEOUT_SECONDS }: { readonly timeout?: number } = {}) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, timeout * 1_000);
      await Promise.race([pool.end(), late.promise]);
      clearTimeout(timer);
    },
  });
}

/** The SQLSTATE of an error that the server reported; null for any other error. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** Runs `work` in one read-only transaction whose row security scope is this org. */
export function readOrg<Result>(
  sql: Sql,
  orgId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return sql.begin(async (tx) => {
    await tx`SELECT set_config('yolo.org', ${orgId}, true)`;
    return work(tx);
  }, "ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

async function inTransaction<Result>(
  client: pg.PoolClient,
  work: (transaction: Transaction) => Promise<Result>,
  mode: TransactionMode,
  answerMs: number,
): Promise<Result> {
  // One connection does one thing at a time: statements asked for together run in the order they came.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(statement: string | pg.QueryConfig): Promise<pg.QueryResult> {
    const next = last.then(() => run(client, statement, answerMs));
    last = next.catch(() => undefined);
    return next;
  }
  const query: Query = async (text, ...parameters) =>
    (await inTurn(statementOf(text, parameters))).rows;
  try {
    await inTurn(`BEGIN ${mode}`);
    const result = await work(query);
    const { command } = await inTurn("COMMIT");
    // What Postgres answers when a statement had failed and nobody minded.
    if (command !== "COMMIT") throw new Error("the transaction was rolled back");
    client.release();
    return result;
  } catch (error) {
    await inTurn("ROLLBACK").then(
      () => client.release(isSpoilt(error)),
      () => client.release(true),
    );
    throw error;
  }
}

/**
 * One statement; rejects when the server has said nothing for `answerMs`. By callback and with a timer of our own: a promise
 * or a timeout of `pg`'s keeps each query and its result alive until the next full collection (see docs/performance.md).
 */
function run(
  client: pg.PoolClient,
  statement: string | pg.QueryConfig,
  answerMs: number,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`timeout: the server has not answered for ${answerMs} ms`)),
      answerMs,
    ).unref();
    client.query(statement, (error: Error | null, result: pg.QueryResult) => {
      clearTimeout(timer);
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}

interface Statement {
  readonly name: string;
  readonly text: string;
}

/** By the template in the source, of which there is one object however often it runs. */
const statements = new WeakMap<TemplateStringsArray, Statement>();
let statementCount = 0;

function statementOf(
  template: TemplateStringsArray,
  parameters: readonly Parameter[],
): pg.QueryConfig {
  let statement = statements.get(template);
  if (statement === undefined) {
    statementCount += 1;
    const text = template.reduce((before, after, place) => `${before}$${place}${after}`);
    statement = { name: `s${statementCount}`, text };
    statements.set(template, statement);
  }
  return { ...statement, values: [...parameters] };
}

/** A prepared statement whose plan or itself is gone: after a migration, say. */
const STATES_OF_SPOILT_STATEMENTS = new Set(["0A000", "26000"]);

/** Whether a connection that lives may not be used any more after this error. */
function isSpoilt(error: unknown): boolean {
  return STATES_OF_SPOILT_STATEMENTS.has(sqlState(error) ?? "");
}

const INT8 = 20;

function getTypeParser(oid: number, format?: "text" | "binary") {
  return oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format);
}
