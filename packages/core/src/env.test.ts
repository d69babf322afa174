import { expect, test } from "vitest";
import { z } from "zod";
import { parseEnv } from "./env.ts";

const schema = z.object({ URL: z.url(), PORT: z.coerce.number().int().default(80) });

test("an empty variable counts as absent", () => {
  expect(parseEnv(schema, { URL: "http://a", PORT: "" })).toEqual({ URL: "http://a", PORT: 80 });
});

test("every bad variable is named at once, and no value is shown", () => {
  const wrong = () => parseEnv(schema, { URL: "postgres//:canary@x", PORT: "canary" });
  expect(wrong).toThrow(/URL: [\s\S]*PORT: /);
  expect(wrong).not.toThrow(/canary/);
});
