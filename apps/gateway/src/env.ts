/** The gateway's environment. A bad variable stops the process by name. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const seconds = z.coerce.number().positive();
const count = z.coerce.number().int().positive();

const schema = z.object({
  /** Of the role `yolo_gateway`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Left out: calls that leave no record are noted nowhere. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SECRETS_FILE: z.string().min(1),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** Health and metrics have a listener of their own: they tell of all tenants, who reach the other one. */
  OPERATOR_HOST: z.string().default("127.0.0.1"),
  OPERATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8786),
  /** Tenants live at `<slug>.<GATEWAY_DOMAIN>`. */
  GATEWAY_DOMAIN: z.string().min(1).default("localhost"),
  /** Origin of the built-in test model provider, the only upstream of `ylg_test_` keys. */
  TEST_MODEL_URL: z.url().transform((url) => new URL(url).origin),
  /** `1`: the test provider may live on loopback. */
  LOCAL_MODE: z.literal("1").optional(),
  /** Calls under way at once; further ones are refused as they arrive. */
  CALLS_MAX: count.default(2_000),
  /** Calls of these that wait for their record to be committed. */
  WAITING_CALLS_MAX: count.default(1_000),
  /** Connections of clients; further ones are closed as they are opened. */
  CONNECTIONS_MAX: count.default(10_000),
  LEASE_SECONDS: z.coerce.number().int().positive().default(15),
  RENEW_SECONDS: seconds.default(5),
  /** How long live streams may go on after SIGTERM before they are ended. */
  DRAIN_SECONDS: z.coerce.number().min(0).default(30),
  /** How long a gateway that is going still takes new requests, so that load balancers notice first. */
  LAME_DUCK_SECONDS: z.coerce.number().min(0).default(1),
});

export type Env = z.output<typeof schema>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
