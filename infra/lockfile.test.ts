import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeLockfile } from "./lockfile.ts";

function lockfile(packages: object): string {
  return JSON.stringify({ lockfileVersion: 3, packages });
}

test("what npm left out is added with the platform that its name says", () => {
  const optionalDependencies = {
    "@tool/cli-linux-x64": "2.0.0",
    "@tool/cli-linux-arm64-musl": "2.0.0",
    "@tool/cli-darwin-arm64": "2.0.0",
  };
  const there = { version: "2.0.0", optional: true, os: ["linux"], integrity: "sha512-x" };
  const completed = JSON.parse(
    completeLockfile(
      lockfile({
        "": { name: "house" },
        "node_modules/@tool/cli": {
          version: "2.0.0",
          dev: true,
          license: "MIT",
          optionalDependencies,
        },
        "node_modules/@tool/cli-linux-x64": there,
      }),
    ),
  );
  expect(completed.packages["node_modules/@tool/cli-linux-x64"]).toEqual(there);
  expect(completed.packages["node_modules/@tool/cli-darwin-arm64"]).toEqual({
    ...{
      version: "2.0.0",
      cpu: ["arm64"],
      dev: true,
      license: "MIT",
      optional: true,
      os: ["darwin"],
    },
  });
  expect(completed.packages["node_modules/@tool/cli-linux-arm64-musl"]).toEqual({
    ...{ version: "2.0.0", cpu: ["arm64"], dev: true, libc: ["musl"], license: "MIT" },
    ...{ optional: true, os: ["linux"] },
  });
});

test("a package that is found further up the tree is not added again", () => {
  const text = lockfile({
    "": {},
    "node_modules/a/node_modules/b": { optionalDependencies: { "c-linux-x64": "1.0.0" } },
    "node_modules/c-linux-x64": { version: "1.0.0" },
  });
  expect(JSON.parse(completeLockfile(text))).toEqual(JSON.parse(text));
});

test("this checkout's lockfile is complete, and stays byte for byte what it is", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8");
  expect(completeLockfile(text)).toBe(text);
});
