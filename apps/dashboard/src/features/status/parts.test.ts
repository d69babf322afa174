import { expect, test } from "vitest";
import { PART_IDS, PARTS, type PartStatus, summarize } from "./parts.ts";

function parts(down: readonly string[]): PartStatus[] {
  return PART_IDS.map((id) => {
    const up = !down.includes(id);
    return { id, up, tookMs: up ? 1 : null, address: null };
  });
}

test("everything runs only when every part does", () => {
  expect(summarize(parts([])).headline).toBe("Everything runs.");
  for (const id of PART_IDS) {
    const { headline, consequence } = summarize(parts([id]));
    expect(headline).toBe(`${PARTS[id].inSentence} is down.`);
    expect(consequence).toBe(PARTS[id].whenDown);
  }
});

test("of several that are down, the one that hurts agents most says what follows", () => {
  const { headline, consequence } = summarize(parts(["redis", "gateway", "worker"]));
  expect(headline).toBe("3 of 5 parts are down.");
  expect(consequence).toBe(PARTS.gateway.whenDown);
});
