/** A gateway process as `npm start` starts it: the same program, arguments and environment, killed by signal. */
import { resolve } from "node:path";
import { GATEWAY_NODE_FLAGS } from "@yolo/core/node-flags";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";

export interface GatewayProcess extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** The same of its other listener: health and metrics. */
  readonly operatorUrl: string;
  readonly process: RunningProcess;
}

export interface GatewayOptions {
  readonly gatewayUrl: string;
  readonly secretsFile: string;
  readonly testModelUrl: string;
  /** The folder that holds `src/main.ts`: another than the product's own only for sabotaged copies. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs it behind this command, for example `taskset -c 0`. */
  readonly behind?: readonly string[];
}

const READY_MS = 30_000;

export async function startGateway(options: GatewayOptions): Promise<GatewayProcess> {
  const [port, operatorPort] = await Promise.all([freePort(), freePort()]);
  const folder = options.folder ?? resolve(import.meta.dirname, "..");
  const [command = process.execPath, ...args] = [
    ...(options.behind ?? []),
    process.execPath,
    ...GATEWAY_NODE_FLAGS,
    resolve(folder, "src/main.ts"),
  ];
  const running = startProcess({
    name: "gateway",
    command,
    args,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: options.gatewayUrl,
      SECRETS_FILE: options.secretsFile,
      TEST_MODEL_URL: options.testModelUrl,
      LOCAL_MODE: "1",
      LOG_LEVEL: "warn",
      PORT: String(port),
      OPERATOR_PORT: String(operatorPort),
      ...options.env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const operatorUrl = `http://127.0.0.1:${operatorPort}`;
  await running.answers(`${operatorUrl}/readyz`, READY_MS);
  return {
    ...{ url, operatorUrl, process: running },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
