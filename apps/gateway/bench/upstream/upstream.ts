/** The upstream of every target: fixed answers, by nginx where there is one, since it costs least. */
import { join } from "node:path";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { runNginx } from "../nginx/run-nginx.ts";
import { upstreamConfig } from "../nginx/upstream-config.ts";

export interface Upstream extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
}

const READY_MS = 10_000;

/** `nginx`: its path, or null to do without. `folder` is the caller's. */
export async function startUpstream(nginx: string | null, folder: string): Promise<Upstream> {
  await using started = new AsyncDisposableStack();
  const node = started.use(await startNode());
  let { url } = node;
  if (nginx !== null) {
    const ports = { port: await freePort(), innerPort: await freePort() };
    started.use(
      await runNginx({
        program: nginx,
        folder: join(folder, "upstream"),
        port: ports.port,
        http: upstreamConfig({ ...ports, pacedUrl: node.url }),
      }),
    );
    url = `http://127.0.0.1:${ports.port}`;
  }
  const owned = started.move();
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function startNode(): Promise<Upstream> {
  const port = await freePort();
  const process_: RunningProcess = startProcess({
    name: "the upstream",
    command: process.execPath,
    args: [join(import.meta.dirname, "node-upstream.ts")],
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: String(port) },
  });
  const url = `http://127.0.0.1:${port}`;
  await process_.answers(`${url}/readyz`, READY_MS);
  return { url, [Symbol.asyncDispose]: () => process_[Symbol.asyncDispose]() };
}
