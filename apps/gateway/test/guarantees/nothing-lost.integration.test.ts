/**
 * Nothing recorded is lost and nothing stands twice, tried on gateway processes that are killed under seeded load. Sabotage
 * checks: with the defence off, the same test must find something.
 */
import { describe, expect, test } from "vitest";
import { nothingLost } from "./nothing-lost.ts";
import { chosenSeed } from "./random.ts";
import { sabotageFunction } from "./sabotage.ts";
import { createSabotagedWorld } from "./sabotaged-world.ts";
import { createWorld, TWO_GATEWAYS } from "./world.ts";

const seed = chosenSeed();
const LEASES = "prisma/migrations/0005_leases/migration.sql";

describe(`G2: nothing recorded is lost, nothing twice (seed ${seed})`, () => {
  test("each action has one record and each record is closed, with gateways killed at random", async () => {
    await using world = await createWorld(TWO_GATEWAYS);
    expect(await nothingLost(world, seed)).toEqual([]);
  }, 180_000);

  test("sabotage: a sweep that takes a living instance for a dead one is caught", async () => {
    const patch = await sabotageFunction({
      file: LEASES,
      line: "WHERE ended_at IS NULL AND lease_until < clock_timestamp();",
      becomes: "WHERE ended_at IS NULL AND lease_until < clock_timestamp() + interval '1 hour';",
    });
    await using world = await createWorld({ ...TWO_GATEWAYS, patch });
    await expect(nothingLost(world, seed)).resolves.not.toEqual([]);
  }, 180_000);

  test("sabotage: a gateway that forgets outcomes is caught", async () => {
    await using world = await createSabotagedWorld(TWO_GATEWAYS, {
      file: "apps/gateway/src/pipeline/handle.ts",
      line: "deps.settle(outcomeOf(admitted, exchange, forwarded, deps.now()));",
      becomes: "outcomeOf(admitted, exchange, forwarded, deps.now());",
    });
    expect(await nothingLost(world, seed)).not.toEqual([]);
  }, 180_000);
});
