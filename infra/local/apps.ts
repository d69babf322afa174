/** The programs that `npm start` runs, each with exactly the environment it reads and nothing inherited. */
import { join } from "node:path";
import { GATEWAY_NODE_FLAGS, NODE_FLAGS } from "@yolo/core/node-flags";
import type { ProcessSpec } from "@yolo/testkit/processes";
import { CHECKOUT } from "./data-folder.ts";

const HOST = "127.0.0.1";
/** Ctrl-C ends everything within ten seconds, live streams included. */
const DRAIN_SECONDS = 5;

/** Each ends when this process does, even by SIGKILL. */
const FOLLOWS_US = `--import=${join(import.meta.dirname, "follow-parent.mjs")}`;

/** Where everything listens and what it may use. */
export interface House {
  readonly data: string;
  readonly secretsFile: string;
  /** Of `yolo_app` and of `yolo_gateway`. */
  readonly appUrl: string;
  readonly gatewayUrl: string;
  readonly redisUrl: string;
  readonly logLevel: string;
  /** Left out: mail is printed. */
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
  readonly ports: {
    readonly dashboard: number;
    readonly gateway: number;
    /** Health and metrics of the gateway. */
    readonly gatewayOperator: number;
    readonly worker: number;
    readonly testModel: number;
  };
}

/** A program and the address that answers 200 once it is ready. */
export interface App {
  readonly spec: ProcessSpec;
  readonly readyUrl: string;
}

export function apps(house: House): readonly App[] {
  return [testModel(house), gateway(house), worker(house), dashboard(house)];
}

export function address(port: number): string {
  return `http://${HOST}:${port}`;
}

function testModel({ data, ports }: House): App {
  return nodeApp(data, "test-model", { HOST, PORT: ports.testModel });
}

function gateway(house: House): App {
  const { ports } = house;
  const env = {
    DATABASE_URL: house.gatewayUrl,
    REDIS_URL: house.redisUrl,
    SECRETS_FILE: house.secretsFile,
    LOG_LEVEL: house.logLevel,
    HOST,
    PORT: ports.gateway,
    OPERATOR_HOST: HOST,
    OPERATOR_PORT: ports.gatewayOperator,
    GATEWAY_DOMAIN: "localhost",
    TEST_MODEL_URL: address(ports.testModel),
    LOCAL_MODE: 1,
    LEASE_SECONDS: 15,
    RENEW_SECONDS: 5,
    DRAIN_SECONDS,
  };
  return nodeApp(house.data, "gateway", env, GATEWAY_NODE_FLAGS);
}

function worker(house: House): App {
  return nodeApp(house.data, "worker", {
    DATABASE_URL: house.appUrl,
    REDIS_URL: house.redisUrl,
    SECRETS_FILE: house.secretsFile,
    LOG_LEVEL: house.logLevel,
    HOST,
    PORT: house.ports.worker,
  });
}

function dashboard(house: House): App {
  const { ports } = house;
  const next = join(CHECKOUT, "node_modules", "next", "dist", "bin", "next");
  const env = {
    DATABASE_URL: house.appUrl,
    REDIS_URL: house.redisUrl,
    SECRETS_FILE: house.secretsFile,
    LOG_LEVEL: house.logLevel,
    GATEWAY_DOMAIN: "localhost",
    GATEWAY_URL: address(ports.gateway),
    GATEWAY_OPERATOR_URL: address(ports.gatewayOperator),
    DASHBOARD_URL: address(ports.dashboard),
    ...(house.smtpUrl !== undefined && { SMTP_URL: house.smtpUrl }),
    ...(house.mailFrom !== undefined && { MAIL_FROM: house.mailFrom }),
    WORKER_URL: address(ports.worker),
    TEST_MODEL_URL: address(ports.testModel),
    LOCAL_MODE: 1,
    NEXT_TELEMETRY_DISABLED: 1,
  };
  return {
    spec: {
      name: "dashboard",
      command: process.execPath,
      args: [...NODE_FLAGS, FOLLOWS_US, next, "start", "-H", HOST, "-p", String(ports.dashboard)],
      holdInput: true,
      cwd: join(CHECKOUT, "apps", "dashboard"),
      env: environment(env),
      logFile: join(house.data, "logs", "dashboard.log"),
    },
    readyUrl: `${address(ports.dashboard)}/api/health`,
  };
}

function nodeApp(data: string, name: string, env: AppVariables, flags = NODE_FLAGS): App {
  return {
    spec: {
      name,
      command: process.execPath,
      args: [...flags, FOLLOWS_US, join(CHECKOUT, "apps", name, "src/main.ts")],
      holdInput: true,
      cwd: CHECKOUT,
      env: environment(env),
      logFile: join(data, "logs", `${name}.log`),
    },
    readyUrl: `${address(env.OPERATOR_PORT ?? env.PORT)}/readyz`,
  };
}

type Variables = Readonly<Record<string, string | number>>;
/** Where there is a port for operators, that is where a program says whether it is ready. */
type AppVariables = Variables & { readonly PORT: number; readonly OPERATOR_PORT?: number };

/** What every program needs of its surroundings, and its own variables. */
export function environment(variables: Variables): Record<string, string> {
  const { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS } = process.env;
  const surroundings = { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS };
  const given = Object.entries({ ...surroundings, NODE_ENV: "production", ...variables });
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
