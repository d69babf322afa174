/** Connections of the user who migrates; a URL that does not work ends in one line that says why. */
import pg from "pg";
import { OperatorError } from "./operator-error.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A connected client; the caller ends it. A connection lost later rejects the query that was running.
 * Throws `OperatorError` when the URL is malformed, nothing listens, or Postgres refuses.
 */
export async function connect(url: string): Promise<pg.Client> {
  const place = describePlace(url);
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new OperatorError(`Cannot use Postgres at ${place}: ${reason(error)}`, { cause: error });
  }
  return client;
}

/** `host:port/database as user`, never the password. Throws `OperatorError` for what is not a Postgres URL. */
export function describePlace(url: string): string {
  const parsed = URL.parse(url);
  const user = decoded(parsed?.username ?? "");
  if (parsed === null || user === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new OperatorError(
      "DATABASE_URL is not a Postgres URL; it looks like postgres://user:password@host:5432/database.",
    );
  }
  const database = parsed.pathname.slice(1) || parsed.username || "postgres";
  return `${parsed.hostname || "localhost"}:${parsed.port || "5432"}/${database} as ${user || "the default user"}`;
}

/** Null for what no driver could decode either. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function reason(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && "code" in first ? first.code : undefined;
  if (code === "ECONNREFUSED") return "nothing listens there (is it running?).";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "there is no such host.";
  if (code === "28P01") return "it refuses the password.";
  if (code === "3D000") return "there is no such database; create it first.";
  return first instanceof Error ? first.message : String(first);
}
