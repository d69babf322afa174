/** The folder that keeps everything `npm start` makes: YOLO_DATA, or `.local` in the checkout. */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { releaseLock, takeLock } from "#lock";
import { diskFull } from "./disk.ts";

export const CHECKOUT = resolve(import.meta.dirname, "..", "..");

/** Makes the folder; relative paths count from the checkout. Throws `OperatorError` when it cannot be written. */
export function openDataFolder(setting: string | undefined): string {
  const folder = resolve(CHECKOUT, setting || ".local");
  try {
    mkdirSync(folder, { recursive: true });
    makePrivateFolder(join(folder, "logs"));
    writePrivate(join(folder, ".writable"), "");
  } catch (cause) {
    throw (
      diskFull(cause) ??
      new OperatorError(`YOLO_DATA ${folder} cannot be written: ${String(cause)}`, { cause })
    );
  }
  return folder;
}

/** What is logged may hold a link that signs somebody in: printed mail. */
function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o700);
}

/** Makes this process the only one that works in the folder; the result gives it back. Throws `OperatorError`. */
export function lockDataFolder(folder: string): () => void {
  const path = join(folder, "start.lock");
  const owner = takeLock(path);
  if (owner !== undefined) {
    throw new OperatorError(
      `yologateway runs already with ${folder} (process ${owner}): stop it, or set YOLO_DATA to another folder.`,
    );
  }
  return () => releaseLock(path);
}

/** Replaces a file in one step by one that only this user can read (mode 0600). */
export function writePrivate(path: string, content: string): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, content, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
}

/** The file's JSON, or undefined when there is no such file. Throws `OperatorError` when it is not JSON. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OperatorError(`${path} is damaged: it is not JSON.`, { cause });
  }
}
