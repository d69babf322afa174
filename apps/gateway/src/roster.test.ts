import fc from "fast-check";
import { expect, test } from "vitest";
import { Roster, type Rostered } from "./roster.ts";

const newItem = (): Rostered => ({ rosterPlace: -1 });

test("holds exactly what was added and not deleted, as a set does", () => {
  const things = Array.from({ length: 8 }, newItem);
  const step = fc.record({ at: fc.nat({ max: things.length - 1 }), enter: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const roster = new Roster<Rostered>();
      const model = new Set<Rostered>();
      for (const thing of things) thing.rosterPlace = -1;
      for (const { at, enter } of steps) {
        const thing = things[at] ?? newItem();
        if (!enter) expect(roster.delete(thing)).toBe(model.delete(thing));
        else if (!model.has(thing)) {
          roster.add(thing);
          model.add(thing);
        }
        expect(roster.size).toBe(model.size);
        expect(new Set(roster)).toEqual(model);
      }
    }),
  );
});

test("whoever is deleted on the way through is no reason to miss another", () => {
  const roster = new Roster<Rostered>();
  const things = Array.from({ length: 5 }, newItem);
  for (const thing of things) roster.add(thing);
  const seen: Rostered[] = [];
  for (const thing of roster) {
    seen.push(thing);
    for (const other of things) roster.delete(other);
  }
  expect(seen).toEqual(things);
  expect(roster.size).toBe(0);
});

test("an item of another roster is not deleted here", () => {
  const [here, there] = [new Roster<Rostered>(), new Roster<Rostered>()];
  const [mine, theirs] = [newItem(), newItem()];
  here.add(mine);
  there.add(theirs);
  expect(here.delete(theirs)).toBe(false);
  expect([here.size, there.size]).toEqual([1, 1]);
});
