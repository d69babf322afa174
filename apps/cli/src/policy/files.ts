/** Policies in files: read, and named as the engine names them. */
import type { PolicySource } from "@yolo/policy/compile";
import { UsageError } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** A source whose `policyId` is the path of its file. */
export type FileSource = PolicySource;

/** In the order given. Throws `UsageError` for no file, a file named twice, and one that cannot be read. */
export async function readFiles(paths: readonly string[], io: Io): Promise<FileSource[]> {
  if (paths.length === 0) throw new UsageError("name at least one file (`-` is standard input)");
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`);
  const sources: FileSource[] = [];
  for (const path of paths) {
    sources.push({ policyId: path, version: 1, layer: "org", text: await io.read(path) });
  }
  return sources;
}
