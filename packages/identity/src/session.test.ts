import { newId } from "@yolo/core/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sessionIdOf } from "./session.ts";

const [org, agent] = [newId(), newId()];

test("the same agent's same client session is the same session, in every process", () => {
  expect(sessionIdOf(org, agent, "d97e2169")).toBe(sessionIdOf(org, agent, "d97e2169"));
  const id = sessionIdOf(
    "01900000-0000-7000-8000-000000000001",
    "01900000-0000-7000-8000-000000000002",
    "d97e2169",
  );
  expect(id).toBe("4c0a1e5c-06f5-8198-9fd2-7038df4e419e");
});

test("another agent's or another org's session with the same client's id is another one", () => {
  const text = fc.string({ maxLength: 200 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const id = sessionIdOf(org, agent, a);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(sessionIdOf(newId(), agent, a)).not.toBe(id);
      expect(sessionIdOf(org, newId(), a)).not.toBe(id);
      expect(sessionIdOf(agent, org, a)).not.toBe(id);
      expect(sessionIdOf(org, agent, b) === id).toBe(a === b);
    }),
  );
});

test("a client's id cannot be written so that it reaches into another agent", () => {
  const other = newId();
  expect(sessionIdOf(org, agent, `|${other}|x`)).not.toBe(sessionIdOf(org, other, "x"));
});
