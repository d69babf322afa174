import { mintToken } from "@yolo/identity/token";
import { startSeveringProxy } from "@yolo/testkit/severing-proxy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALLOW_CLAUDE } from "../../test/tenant.ts";
import { createTenantWorld, type TenantWorld } from "../../test/tenant-world.ts";

let world: TenantWorld;
beforeAll(async () => {
  world = await createTenantWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("G8: a snapshot does not outlive a change", () => {
  test("a notification replaces it at once", async () => {
    const tenant = await world.control.createTenant();
    await using open = await world.open();
    const before = await open.cache.bySlug(tenant.slug);
    const changed = open.changed();
    await tenant.publish(`${ALLOW_CLAUDE}# changed\n`);
    const after = await changed;
    expect(after.revision).toBeGreaterThan(before?.revision ?? 0n);
    expect(await open.cache.bySlug(tenant.slug)).toBe(after);
  });

  test("with the notifications lost, the poll does so within its period", async () => {
    await using other = await createTenantWorld();
    await other.withoutNotifications();
    const tenant = await other.control.createTenant();
    await using open = await other.open({ pollMs: 2_000 });
    const before = await open.cache.bySlug(tenant.slug);
    const changed = open.changed();
    const changedAt = performance.now();
    await tenant.revokeKey(tenant.keyId);
    const after = await changed;
    expect(performance.now() - changedAt).toBeLessThan(4_000);
    expect(before?.keys.size).toBe(1);
    expect(after.keys.size).toBe(0);
  });

  test("what changed while the listening connection was lost is found when it is back", async () => {
    const tenant = await world.control.createTenant();
    await using proxy = await startSeveringProxy(world.gatewayUrl);
    await using open = await world.open({ url: proxy.url });
    await open.cache.bySlug(tenant.slug);
    const changed = open.changed();
    proxy.refuse();
    proxy.sever();
    await tenant.revokeKey(tenant.keyId);
    proxy.accept();
    expect((await changed).keys.size).toBe(0);
  });

  test("a notification that makes no sense is an error and nothing else", async () => {
    const tenant = await world.control.createTenant();
    await using open = await world.open();
    await open.cache.bySlug(tenant.slug);
    for (const payload of ["", "garbage", `${tenant.orgId}:x`, `${tenant.orgId}:-1`, ":1"]) {
      await world.owner`SELECT pg_notify('org_changed', ${payload})`;
    }
    const changed = open.changed();
    await tenant.publish(`${ALLOW_CLAUDE}# after garbage\n`);
    await changed;
    expect(open.errors.length).toBeGreaterThan(0);
  });

  test("what is newer than a snapshot is read anew, never taken from a load that began before", async () => {
    const tenant = await world.control.createTenant();
    await using open = await world.open();
    const before = await open.cache.bySlug(tenant.slug);
    if (before === null) throw new Error("no snapshot");
    await tenant.revokeKey(tenant.keyId);
    const [newer, again] = await Promise.all([
      open.cache.newerThan(before),
      open.cache.newerThan(before),
    ]);
    expect(newer?.keys.size).toBe(0);
    expect(again).toBe(newer);
  });
});

describe("who is calling", () => {
  test("a key younger than the snapshot works at once, also while an older load is under way", async () => {
    const tenant = await world.control.createTenant();
    await using open = await world.open();
    const made = await world.owner.begin(async (tx) => {
      // A load that has begun, and waits in the midst of it.
      await tx`LOCK TABLE org.policy_versions IN ACCESS EXCLUSIVE MODE`;
      const early = open.cache.bySlug(tenant.slug);
      await untilLoading();
      const { key } = await tenant.newKey();
      const found = open.cache.byToken(key);
      // Long enough for the directory to have answered, while the older load still waits.
      for (let turn = 0; turn < 50; turn += 1) await tx`SELECT 1`;
      return { early, key, found };
    });
    expect((await made.early)?.keys.size).toBe(1);
    expect((await made.found)?.keys.size).toBe(2);
    expect((await open.cache.byToken(made.key))?.keys.size).toBe(2);
  });

  test("unknown names and keys do not stampede the database: a thousand at once ask once", async () => {
    await world.control.createTenant();
    await using open = await world.open();
    const token = mintToken("live").reveal();
    const before = open.asked();
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => [
        open.cache.bySlug("nobody"),
        open.cache.byToken(token),
      ]).flat(),
    );
    expect(answers.every((answer) => answer === null)).toBe(true);
    await Promise.all([open.cache.bySlug("nobody"), open.cache.byToken(token)]);
    expect(open.asked() - before).toBe(2);
  });

  test("a known org that a thousand ask for at once is read once", async () => {
    const tenant = await world.control.createTenant();
    await using open = await world.open();
    const before = open.asked();
    const all = await Promise.all(
      Array.from({ length: 1_000 }, () => open.cache.bySlug(tenant.slug)),
    );
    expect(new Set(all).size).toBe(1);
    // Its id by its slug, and its rows in one transaction.
    expect(open.asked() - before).toBe(2);
  });

  test("a revoked key is not looked for again and again", async () => {
    const tenant = await world.control.createTenant();
    await tenant.revokeKey(tenant.keyId);
    await using open = await world.open();
    await open.cache.byToken(tenant.key);
    const before = open.asked();
    for (let count = 0; count < 100; count += 1) await open.cache.byToken(tenant.key);
    expect(open.asked() - before).toBe(0);
  });

  test("G9: when the database does not answer, that is a refusal to try again", async () => {
    const tenant = await world.control.createTenant();
    await using proxy = await startSeveringProxy(world.gatewayUrl);
    await using open = await world.open({ url: proxy.url });
    proxy.refuse();
    proxy.sever();
    const refused = { code: "unavailable", status: 503, retryAfterSeconds: 2 };
    await expect(open.cache.bySlug(tenant.slug)).rejects.toMatchObject(refused);
    await expect(open.cache.byToken(tenant.key)).rejects.toMatchObject(refused);
    proxy.accept();
    expect((await open.cache.bySlug(tenant.slug))?.orgId).toBe(tenant.orgId);
  });
});

describe("G10: orgs never mix", () => {
  test("among many orgs asked for in every way while they change, each answer is its own org's", async () => {
    const tenants = await Promise.all(
      Array.from({ length: 6 }, () => world.control.createTenant()),
    );
    await using open = await world.open({ pollMs: 50 });
    const rounds = Array.from({ length: 20 }, async (_, round) => {
      for (const tenant of tenants) {
        if (round % 5 === 0) await tenant.newKey();
        const [bySlug, byToken] = await Promise.all([
          open.cache.bySlug(tenant.slug),
          open.cache.byToken(tenant.key),
        ]);
        for (const snapshot of [bySlug, byToken]) {
          expect(snapshot).toMatchObject({ orgId: tenant.orgId, slug: tenant.slug });
          expect(snapshot?.dataKeys.every(({ orgId }) => orgId === tenant.orgId)).toBe(true);
          const agents = [...(snapshot?.keys.values() ?? [])].map(({ agent }) => agent.id);
          expect(new Set(agents).size).toBe(1);
        }
      }
    });
    await Promise.all(rounds);
    expect(open.errors).toEqual([]);
  });
});

describe("policy missing or broken: the last good version, or refuse", () => {
  async function brokenVersion(orgId: string): Promise<void> {
    await world.owner`
      INSERT INTO org.policy_versions (org_id, policy_id, version, text, message)
      SELECT org_id, id, live_version + 1, 'version: 99', 'from a newer release' FROM org.policies
      WHERE org_id = ${orgId}`;
    await world.owner`UPDATE org.policies SET live_version = live_version + 1 WHERE org_id = ${orgId}`;
  }

  test("a version that does not compile here leaves the one before it in force", async () => {
    const tenant = await world.control.createTenant();
    await brokenVersion(tenant.orgId);
    await using open = await world.open();
    const snapshot = await open.cache.bySlug(tenant.slug);
    const [key] = snapshot?.keys.values() ?? [];
    if (snapshot === null || key === undefined) throw new Error("no snapshot");
    expect(snapshot.policyFor(key).versions).toMatchObject([{ version: 1 }]);
  });

  test("where none of those that are read compiles, nothing is allowed", async () => {
    const tenant = await world.control.createTenant();
    for (let count = 0; count < 3; count += 1) await brokenVersion(tenant.orgId);
    await using open = await world.open();
    const snapshot = await open.cache.bySlug(tenant.slug);
    const [key] = snapshot?.keys.values() ?? [];
    if (snapshot === null || key === undefined) throw new Error("no snapshot");
    expect(() => snapshot.policyFor(key)).toThrow("nothing is allowed");
  });
});

/** Resolves when the cache has begun to read an org and waits for a lock. */
async function untilLoading(): Promise<void> {
  for (;;) {
    const waiting = await world.owner`
      SELECT FROM pg_stat_activity WHERE application_name = 'cache' AND wait_event_type = 'Lock'
        AND datname = current_database()`;
    if (waiting.length > 0) return;
  }
}
