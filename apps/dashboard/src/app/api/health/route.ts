/** Whether this process can do its work: 200 when database and Redis answer, else 503 with what does not. */
import { getDeps } from "../../../deps.ts";
import { checkDatabase, checkRedis } from "../../../features/status/checks.ts";

export async function GET(): Promise<Response> {
  const deps = getDeps();
  const [database, redis] = await Promise.all([checkDatabase(deps), checkRedis(deps)]);
  const healthy = database.up && redis.up;
  return Response.json(
    { healthy, database: database.up, redis: redis.up },
    { status: healthy ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
