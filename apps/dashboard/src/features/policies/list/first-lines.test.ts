import { lintPolicy } from "@yolo/policy/lint";
import { STARTERS } from "@yolo/policy/starters";
import { withMode } from "@yolo/policy/with-mode";
import { expect, test } from "vitest";
import { FIRST_LINES } from "./first-lines.ts";

test.each([...STARTERS, FIRST_LINES])("$title can be published as it is offered", ({ text }) => {
  const errors = lintPolicy(withMode(text, "evaluate")).filter(
    ({ severity }) => severity === "error",
  );
  expect(errors).toEqual([]);
});
