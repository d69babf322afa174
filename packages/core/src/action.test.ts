import fc from "fast-check";
import { expect, test } from "vitest";
import { type Action, hashActions } from "./action.ts";

const push: Action = {
  verb: "git:push",
  resource: "github.com/acme/app#refs/heads/main",
  args: { force: false, commits: ["a1", "b2"] },
  facts: { files: 3 },
};
const hash = (...actions: [Action, ...Action[]]) => hashActions(actions).toString("hex");

test("the hash is that of the RFC 8785 form, fixed for good: approvals and records of years compare by it", () => {
  expect(hash(push)).toBe("0b77a4fd9712a995b8b86b463dfc87695ecb6b6afb960046b6096018b46edf1b");
});

test("the order in which arguments are written makes no difference, the facts and the surface none either", () => {
  const rewritten = { ...push, args: { commits: ["a1", "b2"], force: false }, facts: { files: 9 } };
  expect(hash(rewritten)).toBe(hash(push));
});

test("whatever identifies the attempt makes a difference: verb, resource, arguments, number and order", () => {
  const other: Action = { ...push, resource: "github.com/acme/app#refs/heads/dev" };
  const hashes = [
    hash(push),
    hash({ ...push, verb: "git:fetch" }),
    hash(other),
    hash({ ...push, args: { ...push.args, force: true } }),
    hash({ ...push, args: { ...push.args, force: "false" } }),
    hash({ ...push, args: { force: false, commits: ["b2", "a1"] } }),
    hash(push, other),
    hash(other, push),
    hash(push, push),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("different arguments have different hashes, the same ones the same", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.string()),
      fc.dictionary(fc.string(), fc.string()),
      (a, b) => {
        const same =
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
        expect(hash({ ...push, args: a }) === hash({ ...push, args: b })).toBe(same);
      },
    ),
  );
});
