/**
 * A small world for trying the guarantees: a fake upstream that counts, a database, a worker, and gateway processes
 * that can be killed. The product in it may be a sabotaged copy.
 */
import { resolve } from "node:path";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { createRedis } from "@yolo/testkit/redis";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import postgres from "postgres";
import { type GatewayProcess, startGateway } from "../gateway-process.ts";
import { connectControlPlane, createSecrets, type Tenant } from "../tenant.ts";

export interface WorldOptions {
  readonly gateways: number;
  readonly tenants: number;
  /** Root of the checkout, or of a sabotaged copy of it. */
  readonly root?: string;
  /** Run as the owner of the database before anything starts. */
  readonly patch?: string;
}

export interface World extends AsyncDisposable {
  readonly upstream: Upstream;
  readonly tenants: readonly Tenant[];
  readonly gateways: readonly GatewayProcess[];
  /** As the owner: sees every org. */
  readonly sql: postgres.Sql;
  /** Kills a gateway with SIGKILL and starts another in its place. */
  replace(index: number): Promise<void>;
}

export const TWO_GATEWAYS = { gateways: 2, tenants: 2 };

const CHECKOUT = resolve(import.meta.dirname, "../../../..");
/** Short, so that a test sees a lease end; the product's own are fifteen seconds and five. */
const LEASE_SECONDS = "3";
const RENEW_SECONDS = "0.5";

export async function createWorld(options: WorldOptions): Promise<World> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createDatabase());
  const sql = postgres(database.ownerUrl, { max: 8, onnotice: () => undefined });
  stack.defer(() => sql.end());
  if (options.patch !== undefined) await sql.unsafe(options.patch);
  const upstream = stack.use(await startUpstream({ keepBodies: false }));
  const secrets = stack.use(await createSecrets());
  const root = options.root ?? CHECKOUT;
  stack.use(await startWorker(root, database, secrets.file));
  const gateway = () =>
    startGateway({
      gatewayUrl: database.gatewayUrl,
      secretsFile: secrets.file,
      testModelUrl: upstream.url,
      folder: resolve(root, "apps/gateway"),
      env: { LEASE_SECONDS, RENEW_SECONDS },
    });
  const gateways = await Promise.all(Array.from({ length: options.gateways }, gateway));
  stack.defer(async () => {
    await Promise.all(gateways.map((one) => one[Symbol.asyncDispose]()));
  });
  const control = stack.use(
    connectControlPlane({
      appUrl: database.appUrl,
      secretsFile: secrets.file,
      testModelUrl: upstream.url,
    }),
  );
  const tenants: Tenant[] = [];
  for (let made = 0; made < options.tenants; made += 1) tenants.push(await control.createTenant());
  return {
    upstream,
    tenants,
    gateways,
    sql,
    async replace(index) {
      gateways[index]?.process.kill("SIGKILL");
      await gateways[index]?.process.exited;
      gateways[index] = await gateway();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function startWorker(
  root: string,
  database: TestDatabase,
  secretsFile: string,
): Promise<AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const redis = stack.use(await createRedis());
  const port = await freePort();
  const worker: RunningProcess = stack.use(
    startProcess({
      name: "worker",
      command: process.execPath,
      args: [resolve(root, "apps/worker/src/main.ts")],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: database.appUrl,
        REDIS_URL: redis.url,
        SECRETS_FILE: secretsFile,
        HOST: "127.0.0.1",
        PORT: String(port),
        SWEEP_SECONDS: "1",
        LOG_LEVEL: "warn",
      },
    }),
  );
  await worker.answers(`http://127.0.0.1:${port}/readyz`, 30_000);
  return stack;
}
