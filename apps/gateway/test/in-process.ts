/** A gateway within the test's own process, with everything real: database, lease, tenant cache, HTTP. */
import { once } from "node:events";
import type { Server } from "node:http";
import { connectSql, type Sql } from "@yolo/store/sql";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import { pino } from "pino";
import { createApp, type RequestLimits } from "../src/app.ts";
import { createDeps, type Deps } from "../src/deps.ts";
import { drain } from "../src/drain.ts";
import { readEnv } from "../src/env.ts";
import type { Surface } from "../src/surfaces/surface.ts";
import { createPlainSurface } from "./plain-surface.ts";
import { type ControlPlane, connectControlPlane, createSecrets, type Tenant } from "./tenant.ts";

export interface InProcessOptions {
  readonly surface?: Surface;
  readonly limits?: RequestLimits;
  readonly env?: Readonly<Record<string, string>>;
}

export interface InProcess extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly server: Server;
  readonly deps: Deps;
  readonly database: TestDatabase;
  /** Sees every org. */
  readonly owner: Sql;
  readonly upstream: Upstream;
  readonly control: ControlPlane;
  readonly tenant: Tenant;
  /** What SIGTERM does. */
  drain(options: { lameDuckSeconds: number; drainSeconds: number }): Promise<void>;
}

export async function startInProcess(options: InProcessOptions = {}): Promise<InProcess> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createDatabase());
  const secrets = stack.use(await createSecrets());
  const upstream = stack.use(await startUpstream());
  const timeouts = { statementTimeoutMs: 20_000, lockTimeoutMs: 20_000 };
  const owner = connectSql(database.ownerUrl, { name: "test owner", connections: 4, ...timeouts });
  stack.defer(() => owner.end());
  const shared = { secretsFile: secrets.file, testModelUrl: upstream.url };
  const control = stack.use(connectControlPlane({ appUrl: database.appUrl, ...shared }));
  const env = readEnv({
    DATABASE_URL: database.gatewayUrl,
    SECRETS_FILE: secrets.file,
    TEST_MODEL_URL: upstream.url,
    LOCAL_MODE: "1",
    ...options.env,
  });
  const deps = await createDeps(env, pino({ level: "silent" }));
  let isGoing = false;
  stack.defer(async () => {
    if (!isGoing) await deps.close();
  });
  const server = createApp({
    pipeline: deps.pipeline,
    arrivals: deps.arrivals,
    surfaces: [options.surface ?? createPlainSurface()],
    isGoing: () => isGoing,
    connectionsMax: env.CONNECTIONS_MAX,
    ...(options.limits !== undefined && { limits: options.limits }),
  });
  stack.defer(() => server.closeAllConnections());
  stack.defer(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  const started = { server, deps, database, owner, upstream, control };
  return {
    ...started,
    url: `http://127.0.0.1:${address.port}`,
    tenant: await control.createTenant(),
    drain(options) {
      isGoing = true;
      return drain({ server, deps, ...options });
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
