import { systemClock } from "@yolo/core/clock";
import { newId } from "@yolo/core/ids";
import { connectSql } from "@yolo/store/sql";
import { startSeveringProxy } from "@yolo/testkit/severing-proxy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createLedgerWorld,
  intentOf,
  type LedgerOrg,
  type LedgerWorld,
} from "../test/ledger-world.ts";
import { type AdmissionOptions, createAdmission } from "./admission.ts";
import type { Intent } from "./intent.ts";
import { bareOutcome } from "./outcome.ts";
import { createSettlement } from "./settlement.ts";

let world: LedgerWorld;
let instance: string;

beforeAll(async () => {
  world = await createLedgerWorld();
  instance = await world.lease();
});
afterAll(() => world[Symbol.asyncDispose]());

function admission(over: Partial<AdmissionOptions> = {}) {
  return createAdmission({
    sql: world.gateway,
    clock: systemClock,
    deadlineMs: 10_000,
    onLateCommit: () => undefined,
    ...over,
  });
}

async function intent(org: LedgerOrg, over: Partial<Intent> = {}): Promise<Intent> {
  const revision = (await world.revisionOf(org)).toString();
  return intentOf(org, { instance, revision, ...over });
}

function withFacts<Facts>(facts: Facts) {
  return [{ verb: "llm:invoke", resource: "anthropic/claude-sonnet-4-5", facts }];
}

async function countOf(ids: readonly string[]): Promise<number> {
  const rows = await world.owner`SELECT FROM org.intents WHERE id = ANY (${ids}::uuid[])`;
  return rows.length;
}

describe("G1: no action without its record", () => {
  test("an intent is visible to every other connection when admission has resolved", async () => {
    const org = await world.newOrg();
    const admit = admission();
    const one = await intent(org);
    const seen = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const mine = { ...one, id: newId() };
        expect(await admit(mine)).toBe("admitted");
        return countOf([mine.id]);
      }),
    );
    expect(seen).toEqual(seen.map(() => 1));
  });

  test("a refused call has its intent and its outcome in the same transaction", async () => {
    const org = await world.newOrg();
    const refused = { decision: "deny", status: 403, error: "denied", latencyMs: 3 } as const;
    const denied = await intent(org, refused);
    expect(await admission()(denied)).toBe("admitted");
    const rows = await world.owner`
      SELECT i.xid = o.xid AS together, o.outcome, o.status, o.error
      FROM org.intents i JOIN org.outcomes o USING (org_id, id) WHERE i.id = ${denied.id}`;
    expect([...rows]).toEqual([
      { together: true, outcome: "refused", status: 403, error: "denied" },
    ]);
  });

  test("a session's row is there with its first record, once", async () => {
    const org = await world.newOrg();
    const admit = admission();
    const first = await intent(org, { newSession: true, clientSession: "d97e2169" });
    await Promise.all([admit(first), admit({ ...first, id: newId() })]);
    await admit({ ...first, id: newId() });
    const rows = await world.owner`
      SELECT id, client_session AS label FROM org.sessions WHERE org_id = ${org.id}`;
    expect([...rows]).toEqual([{ id: first.session, label: "d97e2169" }]);
  });

  test("asking twice with the same id writes one record", async () => {
    const org = await world.newOrg();
    const admit = admission();
    const other = admission();
    const one = await intent(org);
    expect(await Promise.all([admit(one), other(one)])).toEqual(["admitted", "admitted"]);
    expect(await admit(one)).toBe("admitted");
    expect(await countOf([one.id])).toBe(1);
  });

  test("a process whose lease has ended is refused and leaves nothing behind", async () => {
    const org = await world.newOrg();
    const ended = await world.lease(0);
    const given = await world.lease();
    await world.gateway`SELECT directory.end_lease_1(${given})`;
    const never = newId();
    for (const dead of [ended, given, never]) {
      const call = await intent(org, { instance: dead });
      expect(await admission()(call)).toBe("lease_ended");
      expect(await countOf([call.id])).toBe(0);
    }
  });
});

describe("G8: no stale allow commits", () => {
  test("a decision made under an older revision is stale and writes nothing", async () => {
    const org = await world.newOrg();
    const old = await intent(org, { newSession: true, decision: "deny", status: 403 });
    await world.change(org);
    expect(await admission()(old)).toBe("stale");
    expect(await countOf([old.id])).toBe(0);
    expect(await world.owner`SELECT FROM org.sessions WHERE org_id = ${org.id}`).toHaveLength(0);
    expect(await world.owner`SELECT FROM org.outcomes WHERE id = ${old.id}`).toHaveLength(0);
  });

  test("an org that nobody knows, or a revision from the future, is stale", async () => {
    const org = await world.newOrg();
    expect(await admission()(await intent({ ...org, id: newId() }))).toBe("stale");
    expect(await admission()(await intent(org, { revision: "1000" }))).toBe("stale");
  });

  test("in 300 trials no admission commits under a revision after the change that ended it did", async () => {
    const admits = [admission(), admission(), admission()];
    const verdicts = new Map<string, number>();
    const org = await world.newOrg();
    for (let trial = 0; trial < 300; trial += 1) {
      const old = await intent(org);
      const calls = admits.flatMap((admit) => [
        admit({ ...old, id: newId() }),
        // A turn later each: some before the change, some in the midst of it, some after.
        ...[1, 2, 3].map((turns) =>
          later(turns + (trial % 4), () => admit({ ...old, id: newId() })),
        ),
      ]);
      const seenByChange = await changeAndLook(org);
      for (const verdict of await Promise.all(calls)) {
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
      const overtaken = await world.owner`
        SELECT id FROM org.intents WHERE org_id = ${org.id} AND revision = ${old.revision}
          AND NOT pg_visible_in_snapshot(xid, ${seenByChange}::pg_snapshot)`;
      expect([...overtaken]).toEqual([]);
    }
    // The trials say something only if calls came to stand on both sides of the change.
    expect(verdicts.get("admitted")).toBeGreaterThan(100);
    expect(verdicts.get("stale")).toBeGreaterThan(100);
  });

  test("while an org is changing its calls wait, and the calls of others do not", async () => {
    const [changing, other] = [await world.newOrg(), await world.newOrg()];
    const admit = admission();
    const calls = [await intent(changing), await intent(other), await intent(other)] as const;
    let isDecided = false;
    const waiting = await world.owner.begin(async (tx) => {
      await tx`UPDATE org.settings SET time_zone = time_zone WHERE org_id = ${changing.id}`;
      const first = admit(calls[0]).finally(() => {
        isDecided = true;
      });
      expect(await Promise.all([admit(calls[1]), admit(calls[2])])).toEqual([
        "admitted",
        "admitted",
      ]);
      expect(isDecided).toBe(false);
      return { first };
    });
    expect(await waiting.first).toBe("stale");
  });
});

describe("a batch is not shared fate", () => {
  const poisons: Record<string, Partial<Record<keyof Intent, unknown>>> = {
    "a value that a constraint forbids": { decision: "perhaps" },
    "a number that is none": { revision: "1e5x" },
    "a number beyond its column": { requestBytes: 2 ** 31 },
    "an id that is none": { session: "d97e2169" },
    "a payload that is no bytes": { payload: "****" },
    "hex that is none": { actionHash: "xyz" },
    "a session of an agent that does not exist": { agent: newId(), newSession: true },
    "a NUL in a name of a fact": { actions: withFacts({ "a\u0000b": 1 }) },
    "a value that JSON does not know": { actions: withFacts({ big: 1n }) },
    "labels that are no list": { labels: { a: 1 } },
  };

  test.each(Object.entries(poisons))("%s harms only its own call", async (_name, poison) => {
    const org = await world.newOrg();
    const admit = admission();
    const plain = await intent(org);
    const good = Array.from({ length: 63 }, () => ({ ...plain, id: newId() }));
    // What the types rule out may still come to be: that is what is tried here.
    const bad: Intent = Object.assign({ ...plain, id: newId() }, poison);
    const calls = good.map((one) => admit(one));
    calls.splice(20, 0, admit(bad));
    const ends = await Promise.allSettled(calls);
    const [refused] = ends.splice(20, 1);
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "record_unavailable" } });
    expect(ends).toEqual(good.map(() => ({ status: "fulfilled", value: "admitted" })));
    expect(await countOf(good.map(({ id }) => id))).toBe(63);
    expect(await countOf([bad.id])).toBe(0);
  });

  test("text that Postgres cannot hold is made storable and harms nobody", async () => {
    const org = await world.newOrg();
    const admit = admission();
    const plain = await intent(org);
    const bad = {
      ...plain,
      ...{ id: newId(), resource: "a\u0000b\ud800c" },
      actions: withFacts({ note: ["\udfff"] }),
    };
    const calls = [{ ...plain, id: newId() }, bad, { ...plain, id: newId() }];
    expect(await Promise.all(calls.map(admit))).toEqual(["admitted", "admitted", "admitted"]);
    const [row] = await world.owner`
      SELECT resource, actions #> '{0,facts}' AS facts FROM org.intents WHERE id = ${bad.id}`;
    expect(row).toEqual({ resource: "a\uFFFDb\uFFFDc", facts: { note: ["\uFFFD"] } });
  });

  test("a call of many megabytes is recorded or refused, and harms nobody", async () => {
    const org = await world.newOrg();
    const admit = admission();
    const plain = await intent(org);
    const big = { ...plain, id: newId(), payload: Buffer.alloc(16 << 20, 7) };
    const good = Array.from({ length: 63 }, () => ({ ...plain, id: newId() }));
    await Promise.allSettled([admit(big), ...good.map(admit)]);
    expect(await countOf(good.map(({ id }) => id))).toBe(63);
  });
});

describe("G9: no answer within the deadline is a no", () => {
  test("the caller is refused in time, and a commit that comes later is closed as not_sent", async () => {
    const org = await world.newOrg();
    const call = await intent(org);
    const late = Promise.withResolvers<Intent>();
    const admit = admission({ deadlineMs: 300, onLateCommit: late.resolve });
    await world.owner.begin(async (tx) => {
      await tx`LOCK TABLE org.intents IN ACCESS EXCLUSIVE MODE`;
      const askedAt = performance.now();
      await expect(admit(call)).rejects.toMatchObject({
        code: "record_unavailable",
        retryAfterSeconds: 2,
      });
      expect(performance.now() - askedAt).toBeLessThan(2_000);
    });
    await close(await late.promise);
    expect(await world.outcomesOf(call.id)).toEqual(["not_sent"]);
  });

  test("what a lost connection commits after all is closed as not_sent", async () => {
    await using proxy = await startSeveringProxy(world.database.gatewayUrl);
    const sql = connectSql(proxy.url, {
      ...{ name: "severed", connections: 1, statementTimeoutMs: 20_000, lockTimeoutMs: 20_000 },
    });
    const org = await world.newOrg();
    const call = await intent(org);
    const late = Promise.withResolvers<Intent>();
    const admit = admission({ sql, lostCommitMs: 1_000, onLateCommit: late.resolve });
    await world.owner.begin(async (tx) => {
      await tx`LOCK TABLE org.intents IN ACCESS EXCLUSIVE MODE`;
      const refused = expect(admit(call)).rejects.toMatchObject({ code: "record_unavailable" });
      await untilLocked("severed");
      proxy.sever();
      await refused;
    });
    await close(await late.promise);
    expect(await world.outcomesOf(call.id)).toEqual(["not_sent"]);
    await sql.end({ timeout: 0 });
  });

  test("a call whose first attempt is lost is never decided anew under the same record", async () => {
    await using proxy = await startSeveringProxy(world.database.gatewayUrl);
    const sql = connectSql(proxy.url, {
      ...{ name: "severed", connections: 4, statementTimeoutMs: 20_000, lockTimeoutMs: 20_000 },
    });
    const org = await world.newOrg();
    const plain = await intent(org);
    const admit = admission({ sql, lostCommitMs: 1 });
    const calls = [plain, { ...plain, id: newId() }];
    const ends = await world.owner.begin(async (tx) => {
      await tx`LOCK TABLE org.intents IN ACCESS EXCLUSIVE MODE`;
      const refused = Promise.allSettled(calls.map(admit));
      await untilLocked("severed");
      const change = world.change(org);
      proxy.sever();
      await untilLocked("test app");
      return { refused, change };
    });
    await ends.change;
    for (const end of await ends.refused) {
      // The first attempt has committed: the answer to the second may be anything but "decide again".
      expect(end.status === "fulfilled" ? end.value : "refused").not.toBe("stale");
    }
    await sql.end({ timeout: 0 });
  });

  test("a database that is not there is a refusal, at once or by the deadline", async () => {
    const org = await world.newOrg();
    const sql = connectSql("postgres://nobody@127.0.0.1:1/none", {
      ...{ name: "away", connections: 1, statementTimeoutMs: 1_000, lockTimeoutMs: 1_000 },
    });
    const admit = admission({ sql, deadlineMs: 500, lostCommitMs: 1 });
    await expect(admit(await intent(org))).rejects.toMatchObject({ code: "record_unavailable" });
    await sql.end({ timeout: 0 });
  });
});

async function later<T>(turns: number, work: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  return work();
}

/** Commits a change; what its transaction saw once it held back admissions. */
async function changeAndLook(org: LedgerOrg): Promise<string> {
  return world.owner.begin(async (tx) => {
    await tx`UPDATE org.settings SET time_zone = time_zone WHERE org_id = ${org.id}`;
    const [row] = await tx<{ seen: string }[]>`SELECT pg_current_snapshot()::text AS seen`;
    return row?.seen ?? "";
  });
}

async function close({ org, id }: Intent): Promise<void> {
  const settlement = createSettlement({ sql: world.gateway, onError: () => undefined });
  await settlement.settle(bareOutcome(org, id, "not_sent"));
}

/** Resolves when a statement of this application waits for a lock. */
async function untilLocked(name: string): Promise<void> {
  for (;;) {
    const waiting = await world.owner`
      SELECT FROM pg_stat_activity WHERE application_name = ${name} AND wait_event_type = 'Lock'
        AND datname = current_database()`;
    if (waiting.length > 0) return;
  }
}
