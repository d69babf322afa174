/** The one place where the parts of the dashboard's server are put together, on first use. */
import { systemClock } from "@yolo/core/clock";
import { createJobQueue } from "@yolo/store/jobs";
import { connectDatabase } from "@yolo/store/prisma";
import { connectRedis } from "@yolo/store/redis";
import { readSecrets } from "@yolo/store/secrets-file";
import { pino } from "pino";
import { type Env, readEnv } from "./env.ts";
import { createMailer } from "./mail/mailer.ts";
import { createAuth } from "./sign-in/auth.ts";

export type Deps = ReturnType<typeof createDeps>;

let deps: Deps | undefined;

/** Throws when the environment or the secrets file is wrong, which `start` has ruled out. */
export function getDeps(): Deps {
  deps ??= createDeps(readEnv(process.env));
  return deps;
}

function createDeps(env: Env) {
  const redis = connectRedis(env.REDIS_URL);
  // Whoever asks it is told that it is away; nobody else needs to know.
  redis.on("error", () => undefined);
  const database = connectDatabase(env.DATABASE_URL);
  const secrets = readSecrets(env.SECRETS_FILE);
  const logger = pino({ level: env.LOG_LEVEL, base: { app: "dashboard" } });
  const mailer = createMailer({ env, logger });
  return {
    env,
    redis,
    jobs: createJobQueue(redis),
    clock: systemClock,
    database,
    secrets,
    logger,
    mailer,
    auth: createAuth({ database, secrets, logger, env, mailer }),
  };
}
