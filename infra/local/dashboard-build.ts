/** The dashboard is built once per state of its sources; the hash of what it was built from lies beside the build. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ProcessSpec } from "@yolo/testkit/processes";
import { environment } from "./apps.ts";
import { CHECKOUT } from "./data-folder.ts";

const DASHBOARD = join(CHECKOUT, "apps", "dashboard");
const STAMP = join(DASHBOARD, ".next", "source-hash");
/** Everything the build can depend on. */
const SOURCES = [
  "package-lock.json",
  "prisma/schema/*.prisma",
  "packages/*/{package.json,src/**/*.ts}",
  "apps/dashboard/{*.*,src/**/*,public/**/*}",
];
const NOT_SOURCES = ["**/*.test.ts", "**/next-env.d.ts", "**/*.tsbuildinfo", "packages/testkit/**"];

/** Whether the build that lies there was made from these very sources. */
export function isDashboardBuilt(): boolean {
  try {
    return readFileSync(STAMP, "utf8") === sourceHash();
  } catch {
    return false;
  }
}

/** Written only after a build that succeeded. */
export function stampDashboardBuild(hash: string): void {
  writeFileSync(STAMP, hash);
}

/** SHA-256 over names and contents, in hex. */
export function sourceHash(): string {
  const paths = globSync(SOURCES, { cwd: CHECKOUT, exclude: NOT_SOURCES }).sort();
  const digest = createHash("sha256");
  for (const path of paths) {
    const absolute = join(CHECKOUT, path);
    if (!statSync(absolute).isFile()) continue;
    digest.update(relative(CHECKOUT, absolute)).update("\0").update(readFileSync(absolute));
  }
  return digest.digest("hex");
}

/** `next build`; some 30 s on two cores. */
export function dashboardBuild(data: string): ProcessSpec {
  return {
    name: "The build of the dashboard",
    command: process.execPath,
    args: [join(CHECKOUT, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: DASHBOARD,
    env: environment({ NEXT_TELEMETRY_DISABLED: 1 }),
    logFile: join(data, "logs", "dashboard-build.log"),
  };
}
