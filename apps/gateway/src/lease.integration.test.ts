import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@yolo/core/clock";
import { newId } from "@yolo/core/ids";
import { connectSql, type Sql } from "@yolo/store/sql";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdLease, type Lease } from "./lease.ts";

let database: TestDatabase;
let owner: Sql;
let sql: Sql;
let stack: AsyncDisposableStack;

beforeAll(async () => {
  database = await createDatabase();
  const connected = (url: string) =>
    connectSql(url, { name: "test", connections: 2, statementTimeoutMs: 300, lockTimeoutMs: 300 });
  owner = connected(database.ownerUrl);
  sql = connected(database.gatewayUrl);
});
afterAll(async () => {
  await Promise.all([owner.end(), sql.end()]);
  await database[Symbol.asyncDispose]();
});
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

/** A clock that runs as the real one does, plus what the test adds: a process that was stopped for that long. */
function skippingClock(): Clock & { skip(ms: number): void } {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    monotonicMs: () => performance.now() + skipped,
    skip(ms) {
      skipped += ms;
    },
  };
}

interface Held {
  readonly lease: Lease;
  readonly clock: ReturnType<typeof skippingClock>;
  readonly errors: unknown[];
  /** Resolves when the lease is next lost. */
  lost(): Promise<void>;
  losses(): number;
}

async function hold(over: { leaseSeconds?: number; renewSeconds?: number } = {}): Promise<Held> {
  const clock = skippingClock();
  const errors: unknown[] = [];
  let losses = 0;
  let waiting = Promise.withResolvers<void>();
  const lease = await holdLease({
    ...{ sql, clock, leaseSeconds: 15, renewSeconds: 0.05, ...over },
    oldestOpen: newId,
    onLost() {
      losses += 1;
      waiting.resolve();
      waiting = Promise.withResolvers();
    },
    onError: (error) => errors.push(error),
  });
  stack.defer(() => lease.end());
  return { lease, clock, errors, lost: () => waiting.promise, losses: () => losses };
}

async function rowOf(id: string | null) {
  const [row] = await owner<{ living: boolean; ended: boolean }[]>`
    SELECT lease_until > clock_timestamp() AND ended_at IS NULL AS living, ended_at IS NOT NULL AS ended
    FROM directory.instances WHERE id = ${id}`;
  return row;
}

/** Resolves once it holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}

describe("G2: a process admits only while its lease surely lives", () => {
  test("a lease is registered before anything is admitted, and goes on being renewed", async () => {
    const { lease, losses } = await hold({ leaseSeconds: 2 });
    const id = lease.instanceId();
    expect(await rowOf(id)).toEqual({ living: true, ended: false });
    const firstEnd = await endOf(id);
    await until(async () => (await endOf(id)) > firstEnd);
    expect(lease.instanceId()).toBe(id);
    expect(losses()).toBe(0);
  });

  test("one that cannot be renewed stops admission and ends live calls while it still lives", async () => {
    const { lease, clock, lost, errors } = await hold();
    const id = lease.instanceId();
    await owner.begin(async (tx) => {
      await tx`LOCK TABLE directory.instances IN ACCESS EXCLUSIVE MODE`;
      await until(() => errors.length > 0);
      expect(lease.instanceId()).toBe(id);
      const isLost = lost();
      // Four fifths of the lease, as if renewing had failed all the while: nothing is admitted from that moment.
      clock.skip(12_000);
      expect(lease.instanceId()).toBeNull();
      await isLost;
    });
    expect(await rowOf(id)).toEqual({ living: true, ended: false });
    await until(() => lease.instanceId() === id);
  });

  test("a process that was stopped beyond its lease admits nothing from the first moment, then under a new id", async () => {
    const { lease, clock, lost } = await hold({ renewSeconds: 0.3 });
    const id = lease.instanceId();
    const isLost = lost();
    clock.skip(20_000);
    await owner`UPDATE directory.instances SET lease_until = clock_timestamp() - interval '5 s' WHERE id = ${id}`;
    expect(lease.instanceId()).toBeNull();
    await isLost;
    await until(() => lease.instanceId() !== null);
    expect(lease.instanceId()).not.toBe(id);
    expect(await rowOf(lease.instanceId())).toEqual({ living: true, ended: false });
    expect(await rowOf(id)).toMatchObject({ living: false });
  });

  test("a lease that was ended by others is lost at the next renewal, and live calls end", async () => {
    const { lease, lost, losses } = await hold();
    const id = lease.instanceId();
    const isLost = lost();
    await owner`UPDATE directory.instances SET ended_at = clock_timestamp() WHERE id = ${id}`;
    await isLost;
    await until(() => lease.instanceId() !== id && lease.instanceId() !== null);
    expect(losses()).toBe(1);
  });

  test("one given back is ended at once, and a renewal under way does not bring it back", async () => {
    const { lease } = await hold({ renewSeconds: 0.02 });
    const id = lease.instanceId();
    const ending = await owner.begin(async (tx) => {
      await tx`LOCK TABLE directory.instances IN ACCESS EXCLUSIVE MODE`;
      await untilRenewing();
      return { ended: lease.end() };
    });
    await ending.ended;
    expect(await rowOf(id)).toEqual({ living: false, ended: true });
    // The renewal has been answered by now: its connection is asked for something else.
    await sql`SELECT 1`;
    expect(lease.instanceId()).toBeNull();
  });

  test("without a database there is no lease, and the start fails", async () => {
    const away = connectSql("postgres://nobody@127.0.0.1:1/none", {
      ...{ name: "away", connections: 1, statementTimeoutMs: 300, lockTimeoutMs: 300 },
    });
    const clock = skippingClock();
    const start = holdLease({
      ...{ sql: away, clock, leaseSeconds: 15, renewSeconds: 5, oldestOpen: newId },
      ...{ onLost: () => undefined, onError: () => undefined },
    });
    await expect(start).rejects.toThrow();
  });
});

async function endOf(id: string | null): Promise<number> {
  const [row] = await owner<{ end: Date }[]>`
    SELECT lease_until AS end FROM directory.instances WHERE id = ${id}`;
  return row?.end.getTime() ?? 0;
}

/** Resolves when a renewal waits for a lock. */
async function untilRenewing(): Promise<void> {
  await until(async () => {
    const waiting = await owner`
      SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%renew_lease%'
        AND datname = current_database()`;
    return waiting.length > 0;
  });
}
