/** Postgres and Redis of the house: brought along, or the ones the settings name; migrated before anybody uses them. */
import { migrate } from "@yolo/prisma/migrate";
import type { RunningProcess } from "@yolo/testkit/processes";
import { startPostgres } from "./postgres.ts";
import { checkRedis, startRedis } from "./redis.ts";
import { keepRolePasswords } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { unlessStopped } from "./stop-request.ts";

export interface Stores {
  /** Of `yolo_app` and of `yolo_gateway`. */
  readonly appUrl: string;
  readonly gatewayUrl: string;
  readonly redisUrl: string;
}

/** Told of every process as soon as it runs, and how it is stopped. */
type Started = (process: RunningProcess, stop: () => Promise<void>) => void;

interface Opening {
  readonly settings: Settings;
  readonly data: string;
  readonly stop: AbortSignal;
  readonly started: Started;
}

/**
 * Throws `OperatorError`, and the signal's reason once it is aborted: between two steps, and while it waits for
 * servers that are not ours.
 */
export async function openStores({ settings, data, stop, started }: Opening): Promise<Stores> {
  if (settings.REDIS_URL !== undefined) {
    await unlessStopped(stop, checkRedis(settings.REDIS_URL));
  }
  const ownerUrl = settings.DATABASE_URL ?? (await ownPostgres(data, started));
  stop.throwIfAborted();
  const redisUrl = settings.REDIS_URL ?? (await ownRedis(data, started));
  stop.throwIfAborted();
  const roles = keepRolePasswords(data);
  // A server that is not ours may keep us waiting; what is half done there is rolled back.
  await unlessStopped(stop, migrate({ url: ownerUrl, roles }));
  return {
    appUrl: asRole(ownerUrl, "yolo_app", roles.app),
    gatewayUrl: asRole(ownerUrl, "yolo_gateway", roles.gateway),
    redisUrl,
  };
}

async function ownPostgres(data: string, started: Started): Promise<string> {
  const postgres = await startPostgres(data);
  started(postgres.process, postgres.stop);
  return postgres.url;
}

async function ownRedis(data: string, started: Started): Promise<string> {
  const redis = await startRedis(data);
  started(redis.process, redis.stop);
  return redis.url;
}

/** The same database as another role. */
function asRole(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
