/**
 * No action without its record, tried on gateway processes under seeded load. Sabotage check: with the defence off, the same
 * test must find something.
 */
import { describe, expect, test } from "vitest";
import { chosenSeed } from "./random.ts";
import { recordBeforeAction } from "./record-before-action.ts";
import { createSabotagedWorld } from "./sabotaged-world.ts";
import { createWorld, TWO_GATEWAYS } from "./world.ts";

const seed = chosenSeed();

describe(`G1: no action without its record (seed ${seed})`, () => {
  test("the intent of every call is committed when the upstream sees it", async () => {
    await using world = await createWorld(TWO_GATEWAYS);
    expect(await recordBeforeAction(world, seed)).toEqual([]);
  });

  test("sabotage: a gateway that does not wait for admission is caught", async () => {
    await using world = await createSabotagedWorld(TWO_GATEWAYS, {
      file: "apps/gateway/src/pipeline/admit.ts",
      line: "const verdict = await deps.admit(intent);",
      becomes: 'void deps.admit(intent); const verdict: string = "admitted";',
    });
    expect(await recordBeforeAction(world, seed)).not.toEqual([]);
  });
});
