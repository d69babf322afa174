/** The program's environment. Everything may be missing; what a command needs it asks for. */
import { parseEnv } from "@yolo/core/env";
import { z } from "zod";

const schema = z.object({
  /** The dashboard's address, where the public API is. */
  YOLO_API: z.string().optional(),
  /** A member's API token. */
  YOLO_TOKEN: z.string().optional(),
  /** Anything: no colours (no-color.org). */
  NO_COLOR: z.string().optional(),
});

export type Env = z.output<typeof schema>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return parseEnv(schema, source);
}
