/** The test model's environment variables; a wrong one stops the process by name. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const schema = z.object({
  /** Address to listen on. */
  HOST: z.string().default("127.0.0.1"),
  /** Port to listen on; 0 takes a free one, which the first line of output names. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8788),
});

export type Env = z.output<typeof schema>;

/** Throws one error that names every bad variable. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
