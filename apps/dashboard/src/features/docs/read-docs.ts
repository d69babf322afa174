/** The product's documents, as they stand in `docs/`. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** `next` runs in the dashboard's own folder. */
const FOLDER = join(process.cwd(), "..", "..", "docs");
const NAME = /^([a-z0-9-]+)\.md$/;

export interface DocsEntry {
  /** In the URL: `/docs/<name>`. */
  readonly name: string;
  readonly title: string;
}

/** Every document, by name. */
export async function listDocs(): Promise<readonly DocsEntry[]> {
  const names = await docsNames();
  return Promise.all(names.map(async (name) => ({ name, title: titleOf(await load(name), name) })));
}

/** A document's text; undefined where there is none of this name. */
export async function readDoc(name: string): Promise<string | undefined> {
  const names = await docsNames();
  return names.includes(name) ? load(name) : undefined;
}

/** What its first heading says. */
export function titleOf(markdown: string, name: string): string {
  return /^# +(.+)$/m.exec(markdown)?.[1] ?? name;
}

async function docsNames(): Promise<readonly string[]> {
  const files = await readdir(FOLDER);
  return files.flatMap((file) => NAME.exec(file)?.[1] ?? []).sort();
}

function load(name: string): Promise<string> {
  return readFile(join(FOLDER, `${name}.md`), "utf8");
}
