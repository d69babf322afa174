/** Bundles the program into one JavaScript file that Node 18 and newer run without anything beside it. */
import { join } from "node:path";
import { build } from "esbuild";

/** Writes `yolo.cjs` into the folder and returns its path. */
export async function buildCli(folder: string): Promise<string> {
  const outfile = join(folder, "yolo.cjs");
  await build({
    ...{ entryPoints: [join(import.meta.dirname, "src", "main.ts")], outfile, bundle: true },
    ...{ platform: "node", target: "node18", format: "cjs", minify: true, logLevel: "warning" },
    legalComments: "inline",
    banner: { js: "#!/usr/bin/env node" },
  });
  return outfile;
}

if (import.meta.main) {
  process.stdout.write(`${await buildCli(join(import.meta.dirname, "dist"))}\n`);
}
