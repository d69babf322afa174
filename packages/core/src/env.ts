/** Environment variables, parsed once at start by each app's `env.ts`; a bad one stops the process by name. */
import type { z } from "zod";

/** The parsed environment. Throws one error that names every bad variable, without its value. */
export function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`These environment variables are wrong:\n${lines.join("\n")}`);
}
