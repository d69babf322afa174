/** Every verb there is, read from the folders, so that none can be left out of what all must hold. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Verb } from "../src/verb.ts";

/** By name. */
export async function allVerbs(): Promise<ReadonlyMap<string, Verb>> {
  const root = join(import.meta.dirname, "..", "src");
  const files = globSync("*/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const verbs = new Map<string, Verb>();
  for (const file of files) {
    const module: object = await import(pathToFileURL(join(root, file)).href);
    for (const value of Object.values(module)) {
      if (isVerb(value)) verbs.set(value.name, value);
    }
  }
  return verbs;
}

function isVerb(value: unknown): value is Verb {
  return (
    typeof value === "object" &&
    value !== null &&
    "permission" in value &&
    "input" in value &&
    "run" in value
  );
}
