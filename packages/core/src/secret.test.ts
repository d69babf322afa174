import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

test("G12: a secret prints as [secret] in every way a program prints by accident", () => {
  const canary = "sk-ant-canary-0451";
  const secret = new Secret(canary);
  const printed = [
    String(secret),
    `${secret}`,
    "".concat(secret.toString()),
    JSON.stringify({ secret, list: [secret] }),
    inspect(secret, { showHidden: true, depth: 9 }),
    inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
    format("%s %o %O %j", secret, secret, secret, secret),
    inspect(new Map([["secret", secret]])),
    Object.entries(secret).join(),
    new Error(`failed with ${secret}`).stack ?? "",
  ];
  for (const text of printed) expect(text).not.toContain("canary");
  expect(printed[0]).toBe("[secret]");
  expect(secret.reveal()).toBe(canary);
});
