import { expect, test } from "vitest";
import { columnAfter } from "./indentation.ts";

test.each([
  ["version: 1", 0],
  ["rules:", 2],
  ["  - allow: llm:invoke", 4],
  ["    on:", 6],
  ["      - anthropic/models", 8],
  ["    reason: >", 6],
  ["tests: # of the deployer", 2],
  ["# note:", 0],
])("below `%s` a line begins in column %i", (above, column) => {
  expect(columnAfter(above)).toBe(column);
});
