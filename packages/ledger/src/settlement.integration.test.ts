import { systemClock } from "@yolo/core/clock";
import { newId } from "@yolo/core/ids";
import { connectSql, type Sql } from "@yolo/store/sql";
import { startSeveringProxy } from "@yolo/testkit/severing-proxy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLedgerWorld, intentOf, type LedgerWorld, outcomeOf } from "../test/ledger-world.ts";
import { createAdmission } from "./admission.ts";
import type { Intent } from "./intent.ts";
import { bareOutcome } from "./outcome.ts";
import { createSettlement } from "./settlement.ts";

let world: LedgerWorld;

beforeAll(async () => {
  world = await createLedgerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

function settlement(onError: (error: unknown) => void = () => undefined) {
  return createSettlement({ sql: world.gateway, onError });
}

/** Open records of one new org and one new instance. */
async function openRecords(count: number): Promise<[Intent, ...Intent[]]> {
  const org = await world.newOrg();
  const instance = await world.lease();
  const revision = (await world.revisionOf(org)).toString();
  const admit = createAdmission({
    ...{ sql: world.gateway, clock: systemClock, deadlineMs: 10_000 },
    onLateCommit: () => undefined,
  });
  const first = intentOf(org, { instance, revision });
  const rest = Array.from({ length: count - 1 }, () => ({ ...first, id: newId() }));
  for (const verdict of await Promise.all([first, ...rest].map(admit))) {
    expect(verdict).toBe("admitted");
  }
  return [first, ...rest];
}

describe("G4: every call is settled, once", () => {
  test("an outcome is committed when settling has resolved, with all it says", async () => {
    const [record] = await openRecords(1);
    const { settle, pending } = settlement();
    const settled = settle(outcomeOf(record, { payload: Buffer.from("reply") }));
    expect(pending()).toBe(1);
    await settled;
    expect(pending()).toBe(0);
    const [row] = await world.owner`
      SELECT o.outcome, o.status, o.cost_micros, o.input_tokens, o.metering, o.price_table, p.sealed
      FROM org.outcomes o JOIN org.payloads p USING (org_id, id) WHERE o.id = ${record.id}`;
    expect(row).toEqual({
      ...{ outcome: "done", status: 200, cost_micros: 3750n, input_tokens: 1000n },
      ...{ metering: "reported", price_table: "list@1", sealed: Buffer.from("reply") },
    });
  });

  test("the same outcome again is nothing; a different later one is a correction, kept once", async () => {
    const [record] = await openRecords(1);
    const { settle } = settlement();
    const aborted = outcomeOf(record, { outcome: "aborted", outputTokens: 20 });
    await settle(outcomeOf(record));
    await settle(outcomeOf(record));
    expect(await world.outcomesOf(record.id)).toEqual(["done"]);
    await settle(aborted);
    await settle(aborted);
    await settle(outcomeOf(record));
    expect(await world.outcomesOf(record.id)).toEqual(["done", "aborted"]);
    await settle(outcomeOf(record, { outputTokens: 51 }));
    expect(await world.outcomesOf(record.id)).toEqual(["done", "aborted", "done"]);
  });

  test("two different outcomes in one batch: one closes the record, the other corrects it", async () => {
    const [record] = await openRecords(1);
    const { settle } = settlement();
    await Promise.all([
      settle(outcomeOf(record)),
      settle(outcomeOf(record, { outcome: "aborted" })),
    ]);
    expect(await world.outcomesOf(record.id)).toEqual(["done", "aborted"]);
  });

  test("the same outcome on many connections at once closes the record and corrects nothing", async () => {
    const records = await openRecords(20);
    const all = [settlement(), settlement(), settlement(), settlement()];
    for (const record of records) {
      await Promise.all(all.map(({ settle }) => settle(outcomeOf(record))));
    }
    for (const { id } of records) expect(await world.outcomesOf(id)).toEqual(["done"]);
  });

  test("an outcome of a call that was never admitted is dropped", async () => {
    const [record] = await openRecords(1);
    const id = newId();
    await settlement().settle({ ...outcomeOf(record), id });
    expect(await world.outcomesOf(id)).toEqual([]);
    const stranger = { ...outcomeOf(record), org: newId() };
    await settlement().settle(stranger);
    expect(await world.outcomesOf(record.id)).toEqual([]);
  });

  test("while the database is away outcomes are kept, and written when it is back", async () => {
    const records = await openRecords(30);
    const [first] = records;
    await using proxy = await startSeveringProxy(world.database.gatewayUrl);
    const sql = connectSql(proxy.url, {
      ...{ name: "settling", connections: 2, statementTimeoutMs: 20_000, lockTimeoutMs: 20_000 },
    });
    let failures = 0;
    const { settle, pending } = createSettlement({
      sql,
      onError() {
        failures += 1;
      },
    });
    const settled = await world.owner.begin(async (tx) => {
      // The server keeps working on what it was sent; the client sees nothing but a lost connection.
      await tx`LOCK TABLE org.outcomes IN ACCESS EXCLUSIVE MODE`;
      const all = Promise.all(records.map((record) => settle(outcomeOf(record))));
      while (failures === 0) {
        await world.owner`SELECT 1`;
        proxy.sever();
      }
      expect(pending()).toBe(30);
      expect(first.id).toBe(records[0].id);
      return { all };
    });
    await settled.all;
    for (const { id } of records) expect(await world.outcomesOf(id)).toEqual(["done"]);
    await sql.end({ timeout: 1 });
  });

  test("what a provider reports and no column holds never keeps a record open, nor its neighbours", async () => {
    const records = await openRecords(6);
    const errors: unknown[] = [];
    const { settle, pending } = settlement((error) => errors.push(error));
    const absurd = [
      { inputTokens: 1.5 },
      { outputTokens: 1e300 },
      { costMicros: "9".repeat(40) },
      { status: 2 ** 40 },
      { model: "claude\u0000\ud800" },
    ];
    await Promise.all(records.map((record, at) => settle(outcomeOf(record, absurd[at] ?? {}))));
    expect(pending()).toBe(0);
    for (const { id } of records) expect(await world.outcomesOf(id)).toEqual(["done"]);
    const [last] = await world.owner`
      SELECT model, input_tokens FROM org.outcomes WHERE id = ${records[5]?.id ?? ""}`;
    expect(last).toEqual({ model: "claude-sonnet-4-5", input_tokens: 1000n });
    expect(errors.length).toBeGreaterThanOrEqual(4);
  });
});

describe("G2: nothing recorded is lost, nothing twice", () => {
  test("settling while the sweep closes the same records: one outcome each, the real one never lost", async () => {
    const outcomes = { alone: 0, corrected: 0 };
    for (let round = 0; round < 12; round += 1) {
      const records = await openRecords(40);
      await world.gateway`SELECT directory.end_lease_1(${records[0].instance})`;
      const { settle } = settlement();
      await Promise.all([
        world.sweep(),
        ...records.toReversed().map((record) => settle(outcomeOf(record))),
        world.sweep(),
      ]);
      for (const { id } of records) {
        const [first, second, ...more] = await world.outcomesOf(id);
        expect([first === "done" ? first : second, ...more]).toEqual(["done"]);
        outcomes[first === "done" ? "alone" : "corrected"] += 1;
      }
    }
    expect(outcomes.corrected).toBeGreaterThan(0);
  });

  test("settling and sweeping never wait for each other in a circle", async () => {
    const records = await openRecords(3);
    const [, middle] = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await world.gateway`SELECT directory.end_lease_1(${records[0].instance})`;
    const errors: unknown[] = [];
    const { settle } = settlement((error) => errors.push(error));
    // Both come upon a record in the middle that somebody else is closing; then nobody has.
    const both = await new Promise<Promise<unknown>[]>((resolve) => {
      const closing = world.owner.begin(async (tx) => {
        await tx`
          INSERT INTO org.outcomes (org_id, id, v, outcome)
          SELECT org_id, id, 1, 'done' FROM org.intents WHERE id = ${middle?.id ?? ""}`;
        const settled = Promise.all(records.map((record) => settle(outcomeOf(record))));
        await untilWaiting(1);
        const swept = world.sweep();
        await untilWaiting(2);
        resolve([settled, swept]);
        throw new Error("it was not closed after all");
      });
      closing.catch(() => undefined);
    });
    await Promise.all(both);
    expect(errors).toEqual([]);
    for (const { id } of records) expect(await world.outcomesOf(id)).toContain("done");
  });

  test("20 orgs changing, admitting, settling and being swept at once never deadlock", async () => {
    const orgs = await Promise.all(Array.from({ length: 20 }, () => world.newOrg()));
    const instance = await world.lease();
    const until = performance.now() + 4_000;
    const errors: unknown[] = [];
    let [admitted, stale] = [0, 0];

    const admits = [1, 2, 3].map(() =>
      createAdmission({
        ...{ sql: watched(world.gateway, errors), clock: systemClock, deadlineMs: 10_000 },
        onLateCommit: () => undefined,
      }),
    );
    const settlements = [1, 2].map(() => settlement((error) => errors.push(error)));
    const pick = <T>(list: readonly T[]): T => {
      const picked = list[Math.floor(Math.random() * list.length)];
      if (picked === undefined) throw new Error("an empty list");
      return picked;
    };

    async function call(): Promise<void> {
      while (performance.now() < until) {
        const org = pick(orgs);
        const revision = (await world.revisionOf(org)).toString();
        const session = org.agent;
        const record = intentOf(org, { instance, revision, session, newSession: true });
        const verdict = await pick(admits)(record);
        if (verdict !== "admitted") stale += 1;
        else {
          admitted += 1;
          await Promise.all(settlements.map(({ settle }) => settle(outcomeOf(record))));
          await pick(settlements).settle(bareOutcome(org.id, record.id, "aborted"));
        }
      }
    }

    async function change(): Promise<void> {
      while (performance.now() < until) await world.change(pick(orgs));
    }

    async function die(): Promise<void> {
      while (performance.now() < until) {
        const org = pick(orgs);
        const revision = (await world.revisionOf(org)).toString();
        const dying = await world.lease();
        await pick(admits)(intentOf(org, { instance: dying, revision }));
        await world.gateway`SELECT directory.end_lease_1(${dying})`;
        await world.sweep();
      }
    }

    await Promise.all([...Array.from({ length: 40 }, call), change(), change(), die(), die()]);
    expect(errors).toEqual([]);
    expect(admitted).toBeGreaterThan(200);
    expect(stale).toBeGreaterThan(0);
    const [open] = await world.owner`
      SELECT count(*)::int AS n FROM org.intents i WHERE i.instance_id = ${instance}
        AND NOT EXISTS (SELECT FROM org.outcomes o WHERE o.org_id = i.org_id AND o.id = i.id)`;
    expect(open).toEqual({ n: 0 });
  });
});

/** The same client, which also keeps what its statements fail with: a batch that is tried again hides it. */
function watched(sql: Sql, errors: unknown[]): Sql {
  return new Proxy(sql, {
    apply(target, self, parameters) {
      const answer: Promise<unknown> = Reflect.apply(target, self, parameters);
      answer.catch((error: unknown) => errors.push(error));
      return answer;
    },
  });
}

/** Resolves when so many connections of this database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const waiting = await world.owner`
      SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    if (waiting.length >= count) return;
  }
}
