import { expect, test } from "vitest";
import { shortenId } from "./shorten-id.ts";

test("a random id is told by its beginning, which finds it; one that begins with the time keeps its end too", () => {
  expect(shortenId("ses_d97e2169abcd4000800000000000a1b2")).toBe("ses_d97e2169");
  expect(shortenId("req_01931e5c8a007000800000000000a1b2")).toBe("req_01931e5c…a1b2");
});

test("what is short already, or no id at all, stays as it is", () => {
  expect(shortenId("ses_d97e2169")).toBe("ses_d97e2169");
  expect(shortenId("claude")).toBe("claude");
});
