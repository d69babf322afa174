/** The dashboard's environment. A bad variable stops the process by name. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const schema = z.object({
  /** Of the role `yolo_app`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  SECRETS_FILE: z.string().min(1),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Tenants live at `<slug>.<GATEWAY_DOMAIN>`. */
  GATEWAY_DOMAIN: z.string().min(1).default("localhost"),
  /** Where the dashboard itself reaches the gateway; its scheme and port are those of the tenants' addresses. */
  GATEWAY_URL: origin,
  /** Left out: the status page does not show the worker. */
  WORKER_URL: origin.optional(),
  /** Left out: the status page does not show the test model. */
  TEST_MODEL_URL: origin.optional(),
  /** `1`: addresses are shown, and connectors may lead to the test model. */
  LOCAL_MODE: z.literal("1").optional(),
});

export type Env = z.output<typeof schema>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
