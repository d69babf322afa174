import { expect, test } from "vitest";
import { smallestValue } from "./smallest-value.ts";

test("the value fits the schema: every required property, the first of a choice", () => {
  const schema = {
    type: "object",
    properties: {
      title: { type: "string" },
      tags: { type: "array", items: { type: "string" } },
      kind: { enum: ["bug", "task"] },
      size: { anyOf: [{ type: "integer" }, { type: "null" }] },
      done: { type: ["boolean", "null"] },
      version: { const: 2 },
      owner: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      note: { type: "string" },
    },
    required: ["title", "tags", "kind", "size", "done", "version", "owner"],
  };
  expect(smallestValue(schema)).toEqual({
    title: "test",
    tags: [],
    kind: "bug",
    size: 0,
    done: false,
    version: 2,
    owner: { name: "test" },
  });
});

test("what is no schema has the value null", () => {
  for (const schema of [null, 1, "x", [], {}, { type: "unheard" }]) {
    expect(smallestValue(schema)).toBeNull();
  }
});
