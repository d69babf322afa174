/**
 * Behind the scenes of a running product: its database as its owner sees it, its files, and more gateways beside its
 * own. The journeys look here only for what must not be found, and to play the operator.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import postgres from "postgres";

export interface Backstage extends AsyncDisposable {
  /** YOLO_DATA. */
  readonly data: string;
  readonly secretsFile: string;
  /** Of the roles `yolo_app` and `yolo_gateway`. */
  readonly appUrl: string;
  readonly gatewayUrl: string;
  readonly sql: postgres.Sql;
  /** One more gateway on the product's database, ready. */
  startGateway(env: {
    readonly TEST_MODEL_URL: string;
    readonly [name: string]: string;
  }): Promise<GatewayProcess>;
  /** One more test model, ready. */
  startTestModel(): Promise<AppProcess>;
}

export interface AppProcess extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly process: RunningProcess;
}

export interface GatewayProcess extends AppProcess {
  /** Health and metrics: the same host, another port. */
  readonly operatorUrl: string;
}

const READY_MS = 30_000;
const SHOWN_LINES = 20;

export function openBackstage(data: string): Backstage {
  const { cluster, password } = readJson(join(data, "postgres.json"));
  const roles = readJson(join(data, "roles.json"));
  const port = readFileSync(join(cluster ?? "", "postmaster.pid"), "utf8").split("\n")[3];
  const url = (role: string, secret = "") =>
    `postgres://${role}:${secret}@127.0.0.1:${port}/postgres`;
  const sql = postgres(url("postgres", password), { max: 2, onnotice: () => undefined });
  const secretsFile = join(data, "secrets.json");
  const gatewayUrl = url("yolo_gateway", roles.gateway);
  return {
    data,
    secretsFile,
    sql,
    appUrl: url("yolo_app", roles.app),
    gatewayUrl,
    async startGateway(env) {
      const operatorPort = await freePort();
      const operatorUrl = `http://127.0.0.1:${operatorPort}`;
      const variables = {
        DATABASE_URL: gatewayUrl,
        SECRETS_FILE: secretsFile,
        LOCAL_MODE: "1",
        LOG_LEVEL: "warn",
        OPERATOR_PORT: String(operatorPort),
        ...env,
      };
      return { ...(await startApp("gateway", variables, operatorUrl)), operatorUrl };
    },
    startTestModel: () => startApp("test-model", {}),
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

/** `operatorUrl`: where it says whether it is ready, if not at its own address. */
async function startApp(
  name: string,
  env: Readonly<Record<string, string>>,
  operatorUrl?: string,
): Promise<AppProcess> {
  const port = await freePort();
  const running = startProcess({
    name,
    command: process.execPath,
    args: [resolve(import.meta.dirname, `../apps/${name}/src/main.ts`)],
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: String(port), ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await running.answers(`${operatorUrl ?? url}/readyz`, READY_MS);
  } catch (cause) {
    throw new Error(running.lastLines(SHOWN_LINES).join("\n"), { cause });
  }
  return { url, process: running, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}

function readJson(path: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path, "utf8"));
}
