import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { newId } from "@yolo/core/ids";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { startSeveringProxy } from "@yolo/testkit/severing-proxy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectSql, readOrg, type Sql, sqlState } from "./sql.ts";

let database: TestDatabase;
let sql: Sql;
const TIMEOUTS = { statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 };

beforeAll(async () => {
  database = await createDatabase();
  sql = connectSql(database.gatewayUrl, { name: "test", connections: 1, ...TIMEOUTS });
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

describe("G9: the database may go away at any moment", () => {
  test("a connection lost in whatever stage of its birth fails that call, never the process", async () => {
    await using proxy = await startSeveringProxy(database.gatewayUrl);
    for (let packet = 1; packet <= 8; packet += 1) {
      proxy.severAtPacket(packet);
      const born = connectSql(proxy.url, { name: "born", connections: 1, ...TIMEOUTS });
      await Promise.allSettled([born`SELECT 1`, born`SELECT 2`]);
      proxy.severAtPacket(0);
      expect(await works(born)).toBe(true);
      await born.end({ timeout: 1 });
    }
  });

  test("a server's refusal is told from a lost connection", async () => {
    await using proxy = await startSeveringProxy(database.gatewayUrl);
    const lost = connectSql(proxy.url, { name: "lost", connections: 1, ...TIMEOUTS });
    await lost`SELECT 1`;
    const [gone, refused] = await Promise.all([
      lost`SELECT pg_sleep(5)`.catch((error: unknown) => sqlState(error)),
      sql`SELECT 1 / 0`.catch((error: unknown) => sqlState(error)),
      Promise.resolve().then(() => setImmediate(() => proxy.sever())),
    ]);
    expect([gone, refused]).toEqual([null, "22012"]);
    await lost.end({ timeout: 0 });
  });

  test("resets under load break nothing that lasts: every statement ends, and the whole pool works again", async () => {
    await using proxy = await startSeveringProxy(database.gatewayUrl);
    const pool = connectSql(proxy.url, { name: "reset", connections: 4, ...TIMEOUTS });
    let isSevering = true;
    const ends = { right: 0, wrong: 0, lost: 0 };
    async function ask(asker: number): Promise<void> {
      for (let number = 0; isSevering; number += 1) {
        const tag = `${asker}-${number}`;
        const end = await pool`SELECT ${tag}::text AS tag`.then(
          ([row]) => (row?.tag === tag ? "right" : "wrong"),
          () => "lost" as const,
        );
        ends[end] += 1;
      }
    }
    const asking = Array.from({ length: 12 }, (_, asker) => ask(asker));
    for (let resets = 0; resets < 10; resets += 1) {
      const before = ends.right;
      while (ends.right < before + 20) await new Promise(setImmediate);
      proxy.sever();
    }
    isSevering = false;
    await Promise.all(asking);
    expect(ends).toMatchObject({ wrong: 0, lost: expect.any(Number) });
    expect(ends.lost).toBeGreaterThan(0);
    // All four at once, so that no connection is left out.
    const pids = await Promise.all(
      [1, 2, 3, 4].map(() => pool`SELECT pg_backend_pid() AS pid, pg_sleep(0.1)`),
    );
    expect(new Set(pids.map(([row]) => row?.pid)).size).toBe(4);
    await pool.end();
  });

  test("a server that says nothing any more is given up, and asked anew", async () => {
    await using proxy = await startSeveringProxy(database.gatewayUrl);
    const pool = connectSql(proxy.url, {
      ...{ name: "mute", connections: 1, statementTimeoutMs: 200, lockTimeoutMs: 200 },
    });
    await pool`SELECT 1`;
    proxy.mute();
    await expect(pool`SELECT 2`).rejects.toThrow("timeout");
    expect(await pool`SELECT 3 AS three`).toEqual([{ three: 3 }]);
    await pool.end({ timeout: 0 });
  });

  test("a subscription goes on after its connection is lost", async () => {
    await using proxy = await startSeveringProxy(database.gatewayUrl);
    const pool = connectSql(proxy.url, { name: "heard", connections: 1, ...TIMEOUTS });
    const heard: string[] = [];
    let listening = Promise.withResolvers<void>();
    const subscription = await pool.listen({
      channel: "org_changed",
      onPayload: (payload) => void heard.push(payload),
      onListening: () => listening.resolve(),
    });
    for (const payload of ["a", "b", "c"]) {
      await listening.promise;
      listening = Promise.withResolvers<void>();
      await sql`SELECT pg_notify('org_changed', ${payload})`;
      while (heard.at(-1) !== payload) await new Promise(setImmediate);
      proxy.sever();
    }
    await listening.promise;
    await subscription.unlisten();
    const left = await sql`
      SELECT FROM pg_stat_activity WHERE application_name = 'heard (listening)'
        AND datname = current_database() AND state <> 'idle'`;
    expect(left).toEqual([]);
    await pool.end();
  });

  test("a statement that takes too long is ended by the server", async () => {
    const short = connectSql(database.gatewayUrl, {
      ...{ name: "short", connections: 1, statementTimeoutMs: 100, lockTimeoutMs: 50 },
    });
    const state = await short`SELECT pg_sleep(5)`.catch((error: unknown) => sqlState(error));
    expect(state).toBe("57014");
    await short.end();
  });
});

describe("a transaction", () => {
  test("is rolled back when its work rejects, and when a statement in it failed and nobody minded", async () => {
    const owner = connectSql(database.ownerUrl, { name: "owner", connections: 1, ...TIMEOUTS });
    const countOf = async (id: string) =>
      (await owner`SELECT FROM directory.orgs WHERE id = ${id}`).length;
    const [thrown, failed, kept] = [newId(), newId(), newId()];
    await expect(
      owner.begin(async (tx) => {
        await tx`INSERT INTO directory.orgs (id, slug, name) VALUES (${thrown}, 'thrown', 't')`;
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await expect(
      owner.begin(async (tx) => {
        await tx`INSERT INTO directory.orgs (id, slug, name) VALUES (${failed}, 'failed', 'f')`;
        await tx`SELECT 1 / 0`.catch(() => undefined);
      }),
    ).rejects.toThrow("rolled back");
    await owner.begin(async (tx) => {
      await Promise.all([
        tx`INSERT INTO directory.orgs (id, slug, name) VALUES (${kept}, 'kept', 'k')`,
        tx`UPDATE directory.orgs SET name = 'later' WHERE id = ${kept}`,
      ]);
    });
    expect([await countOf(thrown), await countOf(failed), await countOf(kept)]).toEqual([0, 0, 1]);
    await owner.end();
  });

  test("values come back as what they are", async () => {
    const bytes = Buffer.from([0, 1, 255, 92]);
    const [row] = await sql`
      SELECT ${2n ** 62n}::bigint AS big, ${bytes}::bytea AS bytes, ${["a", 'b"c,', "{}"]}::text[] AS list,
        ${[bytes]}::bytea[] AS many, ${'{"a":[1]}'}::jsonb AS json, ${null}::text AS nothing, ${true}::boolean AS yes,
        ${new Date(1_700_000_000_123)}::timestamptz AS moment`;
    expect(row).toEqual({
      ...{ big: 2n ** 62n, bytes, list: ["a", 'b"c,', "{}"], many: [bytes], json: { a: [1] } },
      ...{ nothing: null, yes: true, moment: new Date(1_700_000_000_123) },
    });
  });
});

test("G10: a pooled connection does not keep an org's scope after its transaction, however that ended", async () => {
  const owner = connectSql(database.ownerUrl, { name: "owner", connections: 1, ...TIMEOUTS });
  const org = newId();
  await owner`INSERT INTO org.settings (org_id, home) VALUES (${org}, 'main')`;
  const read = () => sql`SELECT org_id FROM org.settings`.then(() => "rows", sqlState);

  expect([...(await readOrg(sql, org, (tx) => tx`SELECT org_id FROM org.settings`))]).toEqual([
    { org_id: org },
  ]);
  // 22P02: the setting is empty, which is no uuid. Never "all rows".
  expect(await read()).toBe("22P02");
  await expect(
    readOrg(sql, org, () => Promise.reject(new Error("the work failed"))),
  ).rejects.toThrow("the work failed");
  // 22P02: the setting is empty, which is no uuid. Never "all rows".
  expect(await read()).toBe("22P02");
  await expect(readOrg(sql, org, (tx) => tx`SELECT 1 / 0`)).rejects.toMatchObject({
    code: "22012",
  });
  // 22P02: the setting is empty, which is no uuid. Never "all rows".
  expect(await read()).toBe("22P02");
  // One connection, so that the next scope is another's on the very same one.
  expect(await readOrg(sql, newId(), (tx) => tx`SELECT org_id FROM org.settings`)).toHaveLength(0);
  await owner.end();
});

test("what a query held is garbage by its answer, with no full collection between", async () => {
  const collect = collector();
  const ask = async () => sql`SELECT length(${"x".repeat(20_000)})`;
  await ask();
  collect({ type: "major" });
  // What one survives is old by now; whoever holds on to the next holds on to all.
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 500; count += 1) {
    await ask();
    if (count % 50 === 0) collect({ type: "minor" });
  }
  collect({ type: "minor" });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(3_000_000);
});

/** V8's own, of which a program usually sees nothing. */
function collector(): (how: { readonly type: "minor" | "major" }) => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

/** Whether a pool answers within a few tries: a lost connection is opened again by itself. */
async function works(pool: Sql): Promise<boolean> {
  for (let tries = 0; tries < 5; tries += 1) {
    const answered = await pool`SELECT 1`.then(
      () => true,
      () => false,
    );
    if (answered) return true;
  }
  return false;
}
