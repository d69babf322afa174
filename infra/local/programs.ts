/** Programs that are installed on this machine. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of these names that the folders of a PATH hold, folder by folder; or undefined. */
export function findProgram(
  names: readonly string[],
  path: string | undefined,
): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
