/**
 * No stale allow commits, and live streams end, tried on gateway processes under load. Sabotage checks: with the defence
 * off, the same test must find something.
 */
import { describe, expect, test } from "vitest";
import { noStaleAllow, WITHOUT_NOTIFICATIONS } from "./no-stale-allow.ts";
import { chosenSeed } from "./random.ts";
import { sabotageFunction } from "./sabotage.ts";
import { createSabotagedWorld } from "./sabotaged-world.ts";
import { timeToEndStreams } from "./streams-end.ts";
import { createWorld, TWO_GATEWAYS } from "./world.ts";

const seed = chosenSeed();
const EIGHT_LANES = { gateways: 2, tenants: 8 };
const ADMISSION = "prisma/migrations/0010_admission/migration.sql";

describe(`G8: no stale allow commits (seed ${seed})`, () => {
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
    await using world = await createSabotagedWorld(TWO_GATEWAYS, {
      file: "apps/gateway/src/live.ts",
      line: 'if (!stillAllowed(live, snapshot)) live.exchange.cut("no_longer_allowed");',
      becomes: "stillAllowed(live, snapshot);",
    });
    const ended = timeToEndStreams(world).then(() => "ended");
    const waited = new Promise((resolve) => setTimeout(resolve, 6_000, "still going"));
    expect(await Promise.race([ended, waited])).toBe("still going");
  });
});
