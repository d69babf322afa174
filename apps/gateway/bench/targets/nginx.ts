/** nginx as a plain reverse proxy in front of the upstream. */
import { join } from "node:path";
import { freePort } from "@yolo/testkit/processes";
import { onTestedCore } from "../cores.ts";
import { proxyConfig } from "../nginx/proxy-config.ts";
import { runNginx } from "../nginx/run-nginx.ts";
import type { Target } from "./target.ts";

export async function startNginx(
  program: string,
  options: { readonly upstreamUrl: string; readonly folder: string },
): Promise<Target> {
  const port = await freePort();
  const running = await runNginx({
    program,
    folder: join(options.folder, "proxy"),
    port,
    http: proxyConfig({ port, upstreamUrl: options.upstreamUrl }),
    behind: onTestedCore,
  });
  return {
    name: "nginx",
    url: `http://127.0.0.1:${port}`,
    pid: running.pid ?? null,
    databasePid: null,
    readBatches: () => Promise.resolve(null),
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
