/** Before all journeys: the dashboard is built, so that products that start side by side find it. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const BUILD = resolve(import.meta.dirname, "../infra/local/build.ts");

export default function build(): void {
  execFileSync(process.execPath, [BUILD], { stdio: "inherit" });
}
