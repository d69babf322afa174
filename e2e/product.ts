/** The whole product, started as a newcomer starts it, in a data folder and on ports of its own. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort, startProcess } from "@yolo/testkit/processes";

/** What `npm start -- --demo` writes for scripts. */
export interface Ready {
  readonly dashboard: string;
  readonly gateway: string;
  readonly tenant: string;
  readonly org: string;
  readonly member: { readonly email: string; readonly password: string };
  readonly apiToken: string;
  readonly project: string;
  readonly agent: string;
  readonly agentKey: string;
}

export interface Product extends AsyncDisposable {
  /** YOLO_DATA. */
  readonly data: string;
  readonly ready: Ready;
}

const STOP_MS = 20_000;
const SHOWN_LINES = 40;

/** Starts it and waits until it says that it runs. Throws with its last lines when it does not. */
export async function startProduct(): Promise<Product> {
  await using stack = new AsyncDisposableStack();
  const data = mkdtempSync(join(tmpdir(), "yolo-e2e-"));
  stack.defer(() => rmSync(data, { recursive: true, force: true }));
  // The postgres user, as whom Postgres runs where we are root, must be able to enter.
  chmodSync(data, 0o755);
  const { PATH, HOME } = process.env;
  const running = startProcess({
    name: "the product",
    command: process.execPath,
    args: [resolve(import.meta.dirname, "../infra/local/bootstrap.mjs"), "start", "--demo"],
    env: {
      PATH,
      HOME,
      YOLO_DATA: data,
      PORT_DASHBOARD: String(await freePort()),
      PORT_GATEWAY: String(await freePort()),
    },
  });
  stack.defer(async () => {
    await running.stop({ signal: "SIGINT", graceMs: STOP_MS });
  });
  try {
    await running.line(/^yologateway runs/);
  } catch (cause) {
    throw new Error(running.lastLines(SHOWN_LINES).join("\n"), { cause });
  }
  const ready: Ready = JSON.parse(readFileSync(join(data, "ready.json"), "utf8"));
  const owned = stack.move();
  return { data, ready, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
