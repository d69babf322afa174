/** The worker's environment. A bad variable stops the process by name. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const schema = z.object({
  /** Of the role `yolo_app`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  SECRETS_FILE: z.string().min(1),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8789),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** How often each sweep runs. */
  SWEEP_SECONDS: z.coerce.number().positive().default(5),
  /** After so long without a sign of life a worker's job is given to another. */
  JOB_LOCK_SECONDS: z.coerce.number().positive().default(30),
});

export type Env = z.output<typeof schema>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
