/** The dashboard is built once per state of its sources; the hash of what it was built from lies beside the build. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type ProcessSpec, type RunningProcess, startProcess } from "@yolo/testkit/processes";
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

export interface DashboardBuild {
  readonly process: RunningProcess;
  /** Resolves when the build is there and marked as made from these sources; rejects with the builder's last words. */
  readonly done: Promise<void>;
}

/** Starts `next build`, some 30 s on two cores; undefined when what lies there was built from these very sources. */
export function startDashboardBuild(logFile?: string): DashboardBuild | undefined {
  const hash = sourceHash();
  if (builtFrom() === hash) return undefined;
  const process = startProcess(nextBuild(logFile));
  const done = process.exited.then(({ code }) => {
    if (code !== 0) throw new Error(process.describeExit());
    writeFileSync(STAMP, hash);
  });
  return { process, done };
}

function builtFrom(): string | undefined {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : undefined;
}

/** SHA-256 over names and contents, in hex. */
function sourceHash(): string {
  const paths = globSync(SOURCES, { cwd: CHECKOUT, exclude: NOT_SOURCES }).sort();
  const digest = createHash("sha256");
  for (const path of paths) {
    const absolute = join(CHECKOUT, path);
    if (!statSync(absolute).isFile()) continue;
    digest.update(relative(CHECKOUT, absolute)).update("\0").update(readFileSync(absolute));
  }
  return digest.digest("hex");
}

function nextBuild(logFile: string | undefined): ProcessSpec {
  return {
    name: "The build of the dashboard",
    command: process.execPath,
    args: [join(CHECKOUT, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: DASHBOARD,
    env: environment({ NEXT_TELEMETRY_DISABLED: 1 }),
    ...(logFile !== undefined && { logFile }),
  };
}
