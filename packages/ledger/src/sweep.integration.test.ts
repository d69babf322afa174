import { systemClock } from "@yolo/core/clock";
import { lowestIdAt, newId } from "@yolo/core/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createLedgerWorld,
  intentOf,
  type LedgerOrg,
  type LedgerWorld,
  outcomeOf,
} from "../test/ledger-world.ts";
import { createAdmission } from "./admission.ts";
import type { Intent } from "./intent.ts";
import { createSettlement } from "./settlement.ts";

let world: LedgerWorld;
let org: LedgerOrg;

beforeAll(async () => {
  world = await createLedgerWorld();
  org = await world.newOrg();
});
afterAll(() => world[Symbol.asyncDispose]());

const admit = (record: Intent) =>
  createAdmission({
    ...{ sql: world.gateway, clock: systemClock, deadlineMs: 10_000 },
    onLateCommit: () => undefined,
  })(record);

async function record(instance: string, over: Partial<Intent> = {}): Promise<Intent> {
  const revision = (await world.revisionOf(org)).toString();
  return intentOf(org, { instance, revision, ...over });
}

async function openRecord(instance: string, over: Partial<Intent> = {}): Promise<string> {
  const made = await record(instance, over);
  expect(await admit(made)).toBe("admitted");
  return made.id;
}

async function renew(instance: string, oldestOpen: string, seconds: number): Promise<boolean> {
  const [row] = await world.gateway<{ held: boolean }[]>`
    SELECT directory.renew_lease_1(${instance}, ${oldestOpen}, ${seconds}) AS held`;
  return row?.held === true;
}

/** Moves the end of a lease by so many seconds from now. */
async function leaseEndsIn(instance: string, seconds: number): Promise<void> {
  await world.owner`
    UPDATE directory.instances SET lease_until = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE id = ${instance}`;
}

describe("G2: the records of a dead instance become unknown, those of a living one never", () => {
  test("a dead instance's open records are closed, its closed ones are left alone", async () => {
    const dead = await world.lease();
    const open = [await openRecord(dead), await openRecord(dead)];
    const done = await record(dead);
    await admit(done);
    const { settle } = createSettlement({ sql: world.gateway, onError: () => undefined });
    await settle(outcomeOf(done));
    const refused = await openRecord(dead, { decision: "deny", status: 403, error: "denied" });
    await leaseEndsIn(dead, -0.001);
    expect(await world.sweep()).toBe(2);
    for (const id of open) expect(await world.outcomesOf(id)).toEqual(["unknown"]);
    expect(await world.outcomesOf(done.id)).toEqual(["done"]);
    expect(await world.outcomesOf(refused)).toEqual(["refused"]);
    expect(await world.sweep()).toBe(0);
  });

  test("a living one's never: not with a late heartbeat, nor between renewals, nor in a stream older than its lease", async () => {
    const living = await world.lease(2);
    // Begun an hour ago and still under way.
    const old = await openRecord(living, { id: lowestIdAt(Date.now() - 3_600_000) });
    const before = await openRecord(living);
    expect(await renew(living, old, 2)).toBe(true);
    const after = await openRecord(living);
    // The next heartbeat is late, but the lease has not ended.
    await leaseEndsIn(living, 0.5);
    expect(await world.sweep()).toBe(0);
    expect(await renew(living, old, 600)).toBe(true);
    for (const id of [old, before, after]) expect(await world.outcomesOf(id)).toEqual([]);
    await leaseEndsIn(living, -0.001);
    await world.sweep();
    for (const id of [old, before, after]) expect(await world.outcomesOf(id)).toEqual(["unknown"]);
  });

  test("dead and living instances of many orgs are told apart in one sweep", async () => {
    const orgs = [await world.newOrg(), await world.newOrg(), await world.newOrg()];
    const [dead, other, living] = [await world.lease(), await world.lease(), await world.lease()];
    const ids = new Map<string, string[]>();
    for (const instance of [dead, other, living]) {
      for (const one of orgs) {
        const revision = (await world.revisionOf(one)).toString();
        const made = intentOf(one, { instance, revision });
        await admit(made);
        ids.set(instance, [...(ids.get(instance) ?? []), made.id]);
      }
    }
    await leaseEndsIn(dead, -1);
    await world.gateway`SELECT directory.end_lease_1(${other})`;
    expect(await world.sweep()).toBe(6);
    for (const id of ids.get(living) ?? []) expect(await world.outcomesOf(id)).toEqual([]);
  });

  test("an ended lease never lives again, and no call is admitted under it", async () => {
    const instance = await world.lease();
    await leaseEndsIn(instance, -0.001);
    expect(await renew(instance, newId(), 600)).toBe(false);
    expect(await admit(await record(instance))).toBe("lease_ended");
    await world.sweep();
    await leaseEndsIn(instance, 600);
    expect(await renew(instance, newId(), 600)).toBe(false);
    expect(await admit(await record(instance))).toBe("lease_ended");
  });

  test("a process that goes in order has nothing swept but what it left open", async () => {
    const instance = await world.lease();
    const left = await openRecord(instance);
    await world.gateway`SELECT directory.end_lease_1(${instance})`;
    expect(await world.sweep()).toBe(1);
    expect(await world.outcomesOf(left)).toEqual(["unknown"]);
    const [row] = await world.owner`
      SELECT ended_at < clock_timestamp() AS ended FROM directory.instances WHERE id = ${instance}`;
    expect(row).toEqual({ ended: true });
  });

  test("what was being admitted when the lease ended is closed by a later sweep", async () => {
    const instance = await world.lease();
    const late = await record(instance, { newSession: true });
    const admitted = await world.owner.begin(async (tx) => {
      // Until this commits the call, already judged, waits for it to say whose session that is.
      await tx`
        INSERT INTO org.sessions (org_id, id, agent_id) VALUES (${org.id}, ${late.session}, ${org.agent})`;
      const verdict = admit(late);
      await untilWaiting();
      await leaseEndsIn(instance, -0.001);
      expect(await world.sweep()).toBe(0);
      return { verdict };
    });
    expect(await admitted.verdict).toBe("admitted");
    expect(await world.sweep()).toBe(1);
    expect(await world.outcomesOf(late.id)).toEqual(["unknown"]);
  });

  test("an instance long swept is not looked at again", async () => {
    const instance = await world.lease();
    await world.owner`
      UPDATE directory.instances SET ended_at = clock_timestamp() - interval '11 seconds' WHERE id = ${instance}`;
    await world.sweep();
    const [row] = await world.owner`
      SELECT swept_at IS NOT NULL AS swept FROM directory.instances WHERE id = ${instance}`;
    expect(row).toEqual({ swept: true });
  });

  test("two sweeps at once close each record once", async () => {
    const instance = await world.lease();
    const ids = await Promise.all(Array.from({ length: 20 }, () => openRecord(instance)));
    await leaseEndsIn(instance, -0.001);
    const closed = await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    expect(closed.reduce((sum, count) => sum + count)).toBe(20);
    for (const id of ids) expect(await world.outcomesOf(id)).toEqual(["unknown"]);
  });
});

/** Resolves when a call of the gateway waits for a lock. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    const waiting = await world.owner`
      SELECT FROM pg_stat_activity WHERE application_name = 'test gateway' AND wait_event_type = 'Lock'
        AND datname = current_database()`;
    if (waiting.length > 0) return;
  }
}
