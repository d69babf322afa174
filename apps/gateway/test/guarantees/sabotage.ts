/**
 * A copy of the product's source with one named line changed. A guarantee whose test stays green on it is not
 * tested. The product itself holds no switch for this.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const CHECKOUT = resolve(import.meta.dirname, "../../../..");
const COPIED = ["apps/gateway", "apps/worker", "packages"];
const LEFT_OUT = /\/(?:node_modules|test|bench)(?:\/|$)|\.test\.ts$/;

export interface Sabotage {
  /** Path of the file from the root of the checkout. */
  readonly file: string;
  /** The line, exactly as it stands there, without its indentation; it must stand there once. */
  readonly line: string;
  readonly becomes: string;
}

export interface SabotagedCopy extends AsyncDisposable {
  readonly root: string;
}

/** Copies the sources and changes the line. Throws when the line is not there: then the check tests nothing. */
export async function sabotage({ file, line, becomes }: Sabotage): Promise<SabotagedCopy> {
  const root = await mkdtemp(join(tmpdir(), "yolo-sabotage-"));
  for (const part of COPIED) {
    await cp(join(CHECKOUT, part), join(root, part), {
      recursive: true,
      filter: (source) => !LEFT_OUT.test(source.slice(CHECKOUT.length)),
    });
  }
  await linkDependencies(root);
  const path = join(root, file);
  await writeFile(path, changeLine(await readFile(path, "utf8"), { file, line, becomes }));
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

/** A function of the database with one line changed, as SQL that puts it in the place of the real one. */
export async function sabotageFunction({ file, line, becomes }: Sabotage): Promise<string> {
  const changed = changeLine(await readFile(join(CHECKOUT, file), "utf8"), { file, line, becomes });
  const functions = changed.match(/^CREATE FUNCTION [\s\S]*?\$\$;$/gm) ?? [];
  const found = functions.find((definition) => definition.includes(becomes));
  if (found === undefined) throw new Error(`the line in ${file} is in no function`);
  return found.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION");
}

function changeLine(text: string, { file, line, becomes }: Sabotage): string {
  const lines = text.split("\n");
  const places = lines.flatMap((candidate, index) => (candidate.trim() === line ? [index] : []));
  const [place] = places;
  if (places.length !== 1 || place === undefined) {
    throw new Error(`${file} has ${places.length} lines «${line}», not one`);
  }
  lines[place] = becomes;
  return lines.join("\n");
}

/** The copy's own packages are its workspaces; everything else is the checkout's. */
async function linkDependencies(root: string): Promise<void> {
  const from = join(CHECKOUT, "node_modules");
  await mkdir(join(root, "node_modules/@yolo"), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== "@yolo") await symlink(join(from, name), join(root, "node_modules", name));
  }
  for (const name of await readdir(join(root, "packages"))) {
    await symlink(join(root, "packages", name), join(root, "node_modules/@yolo", name));
  }
}
