/**
 * The guarantees that hold the product up, tried on gateway processes under seeded load and judged by what the fake
 * upstream counted. Each has sabotage checks: with the defence off, the same test must find something.
 */
import { describe, expect, test } from "vitest";
import { noStaleAllow, WITHOUT_NOTIFICATIONS } from "./no-stale-allow.ts";
import { nothingLost } from "./nothing-lost.ts";
import { chosenSeed } from "./random.ts";
import { recordBeforeAction } from "./record-before-action.ts";
import { type Sabotage, sabotage, sabotageFunction } from "./sabotage.ts";
import { timeToEndStreams } from "./streams-end.ts";
import { createWorld, type WorldOptions } from "./world.ts";

const seed = chosenSeed();
const TWO_GATEWAYS = { gateways: 2, tenants: 2 };
const EIGHT_LANES = { gateways: 2, tenants: 8 };
const ADMISSION = "prisma/migrations/0010_admission/migration.sql";
const LEASES = "prisma/migrations/0005_leases/migration.sql";

async function inSabotagedCopy(options: WorldOptions, change: Sabotage) {
  const stack = new AsyncDisposableStack();
  const { root } = stack.use(await sabotage(change));
  const world = stack.use(await createWorld({ ...options, root }));
  return { world, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function onSabotagedDatabase(options: WorldOptions, change: Sabotage) {
  return createWorld({ ...options, patch: await sabotageFunction(change) });
}

describe(`seed ${seed}`, () => {
  describe("G1: no action without its record", () => {
    test("the intent of every call is committed when the upstream sees it", async () => {
      await using world = await createWorld(TWO_GATEWAYS);
      expect(await recordBeforeAction(world, seed)).toEqual([]);
    });

    test("sabotage: a gateway that does not wait for admission is caught", async () => {
      await using copy = await inSabotagedCopy(TWO_GATEWAYS, {
        file: "apps/gateway/src/pipeline/admit.ts",
        line: "const verdict = await deps.admit(intent);",
        becomes: 'void deps.admit(intent); const verdict: string = "admitted";',
      });
      expect(await recordBeforeAction(copy.world, seed)).not.toEqual([]);
    });
  });

  describe("G2: nothing recorded is lost, nothing twice", () => {
    test("each action has one record and each record is closed, with gateways killed at random", async () => {
      await using world = await createWorld(TWO_GATEWAYS);
      expect(await nothingLost(world, seed)).toEqual([]);
    }, 180_000);

    test("sabotage: a sweep that takes a living instance for a dead one is caught", async () => {
      await using world = await onSabotagedDatabase(TWO_GATEWAYS, {
        file: LEASES,
        line: "WHERE ended_at IS NULL AND lease_until < clock_timestamp();",
        becomes: "WHERE ended_at IS NULL AND lease_until < clock_timestamp() + interval '1 hour';",
      });
      await expect(nothingLost(world, seed)).resolves.not.toEqual([]);
    }, 180_000);

    test("sabotage: a gateway that forgets outcomes is caught", async () => {
      await using copy = await inSabotagedCopy(TWO_GATEWAYS, {
        file: "apps/gateway/src/pipeline/handle.ts",
        line: "deps.settle(outcomeOf(admitted, exchange, forwarded, deps.now()));",
        becomes: "outcomeOf(admitted, exchange, forwarded, deps.now());",
      });
      expect(await nothingLost(copy.world, seed)).not.toEqual([]);
    }, 180_000);
  });

  describe("G8: no stale allow commits", () => {
    test("in 500 trials the upstream sees no call that began after its permission was taken back", async () => {
      await using world = await createWorld(EIGHT_LANES);
      expect(await noStaleAllow(world, seed, 500)).toEqual([]);
    }, 180_000);

    test("in 500 more without notifications neither", async () => {
      await using world = await createWorld({ ...EIGHT_LANES, patch: WITHOUT_NOTIFICATIONS });
      expect(await noStaleAllow(world, seed, 500)).toEqual([]);
    }, 180_000);

    test("sabotage: admission that does not compare revisions is caught", async () => {
      const blind = await sabotageFunction({
        file: ADMISSION,
        line: "WHEN r.revision IS DISTINCT FROM i.revision THEN 'stale'",
        becomes: "WHEN false THEN 'stale'",
      });
      await using world = await createWorld({
        ...EIGHT_LANES,
        patch: `${WITHOUT_NOTIFICATIONS}; ${blind}`,
      });
      expect(await noStaleAllow(world, seed, 500)).not.toEqual([]);
    }, 180_000);

    test("live streams end well-formed within two seconds", async () => {
      await using world = await createWorld(TWO_GATEWAYS);
      const { ms, results } = await timeToEndStreams(world);
      expect(ms).toBeLessThan(2_000);
      for (const { complete, text } of results) {
        expect(complete).toBe(true);
        expect(text).toMatch(/event: message_stop\n[^\n]*\n\n$/);
      }
    });

    test("with the channel cut they end within five", async () => {
      await using world = await createWorld({ ...TWO_GATEWAYS, patch: WITHOUT_NOTIFICATIONS });
      expect((await timeToEndStreams(world)).ms).toBeLessThan(5_000);
    });

    test("sabotage: a gateway that does not judge live calls again is caught", async () => {
      await using copy = await inSabotagedCopy(TWO_GATEWAYS, {
        file: "apps/gateway/src/live.ts",
        line: 'if (!stillAllowed(live, snapshot)) live.exchange.cut("no_longer_allowed");',
        becomes: "stillAllowed(live, snapshot);",
      });
      const ended = timeToEndStreams(copy.world).then(() => "ended");
      const waited = new Promise((resolve) => setTimeout(resolve, 6_000, "still going"));
      expect(await Promise.race([ended, waited])).toBe("still going");
    });
  });
});
