/**
 * `node infra/lockfile.ts` completes package-lock.json: where a registry holds only this platform's packages (an
 * air-gapped mirror), npm leaves the others out, and `npm ci` then refuses the lockfile everywhere. An entry
 * needs no more than version and platform; npm asks the registry for the rest where it installs it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const PATH = join(import.meta.dirname, "..", "package-lock.json");

const SYSTEMS: Readonly<Record<string, string>> = {
  ...{ linux: "linux", darwin: "darwin", win32: "win32", windows: "win32", android: "android" },
  ...{ freebsd: "freebsd", netbsd: "netbsd", openbsd: "openbsd", openharmony: "openharmony" },
  ...{ aix: "aix", sunos: "sunos" },
};
const PROCESSORS: Readonly<Record<string, string>> = {
  ...{ x64: "x64", "64": "x64", arm64: "arm64", arm: "arm", ia32: "ia32", ppc64: "ppc64" },
  ...{ riscv64: "riscv64", s390x: "s390x", loong64: "loong64", mips64el: "mips64el" },
};
const LIBRARIES: Readonly<Record<string, string>> = { musl: "musl", gnu: "glibc" };

const entry = z.record(z.string(), z.unknown());
const packagesOf = z.record(z.string(), entry);
const versionsOf = z.record(z.string(), z.string()).default({});
type Entry = z.output<typeof entry>;

/** The same lockfile with an entry for every optional package of another platform that it lacked. */
export function completeLockfile(text: string): string {
  const { packages: found, ...head } = entry.parse(JSON.parse(text));
  const packages = packagesOf.parse(found);
  for (const [path, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalOf(parent))) {
      if (isThere(packages, path, name)) continue;
      const added = platformEntry(name, version, parent);
      if (added !== undefined) packages[`node_modules/${name}`] = added;
    }
  }
  const sorted = Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, "en"));
  return `${JSON.stringify({ ...head, packages: Object.fromEntries(sorted) }, null, 2)}
`;
}

function optionalOf({ optionalDependencies }: Entry): Readonly<Record<string, string>> {
  return versionsOf.parse(optionalDependencies);
}

/** Whether one of the places where Node would look from `path` holds the package. */
function isThere(packages: Readonly<Record<string, Entry>>, path: string, name: string): boolean {
  for (
    let from = path;
    ;
    from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))
  ) {
    if (`${from === "" ? "" : `${from}/`}node_modules/${name}` in packages) return true;
    if (from === "") return false;
  }
}

/** What its name says of its platform; undefined when it says nothing. */
function platformEntry(name: string, version: string, { dev, license }: Entry): Entry | undefined {
  const words = name.replace(/^@[^/]+\//, "").split("-");
  const find = (known: Readonly<Record<string, string>>) =>
    words.flatMap((word) => known[word] ?? []).slice(0, 1);
  const [os, cpu, libc] = [find(SYSTEMS), find(PROCESSORS), find(LIBRARIES)];
  if (os.length === 0) return undefined;
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev === true && { dev }),
    ...(libc.length > 0 && { libc }),
    ...(license !== undefined && { license }),
    optional: true,
    os,
  };
}

if (import.meta.main) writeFileSync(PATH, completeLockfile(readFileSync(PATH, "utf8")));
