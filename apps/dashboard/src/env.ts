/** The dashboard's environment. A bad variable stops the process by name. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

/** Session cookies must not travel in clear. */
function isConfidential(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

const schema = z
  .object({
    /** Of the role `yolo_app`. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }),
    SECRETS_FILE: z.string().min(1),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("info"),
    /** Tenants live at `<slug>.<GATEWAY_DOMAIN>`. */
    GATEWAY_DOMAIN: z.string().min(1).default("localhost"),
    /** Where the dashboard itself reaches the gateway; its scheme and port are those of the tenants' addresses. */
    GATEWAY_URL: origin,
    /** Where a gateway says whether it is ready. Left out: the status page does not show the gateway. */
    GATEWAY_OPERATOR_URL: origin.optional(),
    /** Where people reach the dashboard: links in mail lead there. Outside local mode https. */
    DASHBOARD_URL: origin.refine(isConfidential, "must be https, or http on the loopback"),
    /** Left out, in local mode only: mail is printed instead of sent. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** The sender of our mail, `Name <address>`. */
    MAIL_FROM: z.string().min(3).default("yologateway <no-reply@localhost>"),
    /** How many proxies of ours stand in front and add to x-forwarded-for; 0: the header is not believed. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** Left out: the status page does not show the worker. */
    WORKER_URL: origin.optional(),
    /** Left out: the status page does not show the test model. */
    TEST_MODEL_URL: origin.optional(),
    /** `1`: addresses are shown, and connectors may lead to the test model. */
    LOCAL_MODE: z.literal("1").optional(),
  })
  .refine(({ SMTP_URL, LOCAL_MODE }) => SMTP_URL !== undefined || LOCAL_MODE !== undefined, {
    path: ["SMTP_URL"],
    message: "is needed outside local mode: people sign up by mail",
  });

export type Env = z.output<typeof schema>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
