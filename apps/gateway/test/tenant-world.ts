/** Tenants, and a tenant cache over them whose questions to the database are counted. */
import { readSecrets } from "@yolo/store/secrets-file";
import { connectSql, type Sql } from "@yolo/store/sql";
import { createDatabase } from "@yolo/testkit/database";
import { createTenantCache, type TenantCache } from "../src/tenant/cache.ts";
import type { Snapshot } from "../src/tenant/snapshot.ts";
import { type ControlPlane, connectControlPlane, createSecrets } from "./tenant.ts";

export interface TenantWorld extends AsyncDisposable {
  readonly control: ControlPlane;
  /** Sees every org. */
  readonly owner: Sql;
  readonly gatewayUrl: string;
  /** From now on nobody is told of a change. */
  withoutNotifications(): Promise<void>;
  open(options?: { pollMs?: number; url?: string }): Promise<OpenCache>;
}

export interface OpenCache extends AsyncDisposable {
  readonly cache: TenantCache;
  readonly errors: readonly unknown[];
  /** Statements asked so far; a transaction counts as one. */
  asked(): number;
  /** The next snapshot that replaces an older one. */
  changed(): Promise<Snapshot>;
}

const TIMEOUTS = { statementTimeoutMs: 10_000, lockTimeoutMs: 10_000 };
/** So rarely that only a notification can have brought a change. */
const NEVER_MS = 600_000;

export async function createTenantWorld(): Promise<TenantWorld> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createDatabase());
  const secretsFile = stack.use(await createSecrets()).file;
  const owner = connectSql(database.ownerUrl, { name: "owner", connections: 4, ...TIMEOUTS });
  stack.defer(() => owner.end());
  const testModelUrl = "http://127.0.0.1:8790";
  const control = stack.use(
    connectControlPlane({ appUrl: database.appUrl, secretsFile, testModelUrl }),
  );
  return {
    ...{ control, owner, gatewayUrl: database.gatewayUrl },
    async withoutNotifications() {
      await owner`
        DO $$ BEGIN EXECUTE replace(pg_get_functiondef('org.bump_revision()'::regprocedure), 'PERFORM pg_notify',
          '-- PERFORM pg_notify'); END $$`;
    },
    async open({ pollMs = NEVER_MS, url = database.gatewayUrl } = {}) {
      const sql = connectSql(url, { name: "cache", connections: 4, ...TIMEOUTS });
      let asked = 0;
      const counting = new Proxy(sql, {
        apply(target, self, parameters) {
          asked += 1;
          return Reflect.apply(target, self, parameters);
        },
        get(target, name) {
          if (name === "begin") asked += 1;
          return Reflect.get(target, name);
        },
      });
      const errors: unknown[] = [];
      let next = Promise.withResolvers<Snapshot>();
      const cache = await createTenantCache({
        ...{ sql: counting, secrets: readSecrets(secretsFile), pollMs },
        onError: (error) => errors.push(error),
        onChange(snapshot) {
          next.resolve(snapshot);
          next = Promise.withResolvers();
        },
      });
      return {
        ...{ cache, errors, asked: () => asked, changed: () => next.promise },
        async [Symbol.asyncDispose]() {
          await cache.close();
          await sql.end({ timeout: 1 });
        },
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
