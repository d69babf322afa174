/** What a person may set for `npm start`, parsed once. */
import { parseEnv } from "@yolo/core/env";
import { Secret } from "@yolo/core/secret";
import { OperatorError } from "@yolo/prisma/operator-error";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);

const variables = z.object({
  /** Folder for everything that is kept; `.local` in the checkout where it is not set. */
  YOLO_DATA: z.string().optional(),
  /** A superuser's or the owner's URL; an embedded Postgres runs where it is not set. */
  DATABASE_URL: z.string().optional(),
  /** A server that never evicts; a private one runs where it is not set. */
  REDIS_URL: z.string().optional(),
  PORT_DASHBOARD: port.default(3000),
  PORT_GATEWAY: port.default(8787),
  /** Makes Anthropic the demo's upstream; without it the built-in test model answers. */
  ANTHROPIC_API_KEY: z
    .string()
    .transform((key) => new Secret(key))
    .optional(),
  /** A mail server, smtp://… or smtps://…; the terminal shows mail where it is not set. */
  SMTP_URL: z.string().optional(),
  /** The sender of mail, `Name <address>`. */
  MAIL_FROM: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

const schema = variables.refine((set) => set.PORT_GATEWAY !== set.PORT_DASHBOARD, {
  path: ["PORT_GATEWAY"],
  message: "is that of the dashboard too; choose another",
});

export type Settings = z.output<typeof schema>;

/** Throws `OperatorError` that names every bad variable. */
export function readSettings(source: Readonly<Record<string, string | undefined>>): Settings {
  try {
    return parseEnv(schema, source);
  } catch (cause) {
    throw new OperatorError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
