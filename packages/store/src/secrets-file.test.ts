import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSecrets } from "./secrets-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "yolo-secrets-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const key = (bytes = 32) => randomBytes(bytes).toString("base64");

function read(content: unknown) {
  const path = join(folder, "secrets.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return readSecrets(path);
}

test("versions and keys are read as they stand", () => {
  const [old, young] = [key(), key()];
  const secrets = read({
    v: 1,
    encryptionKeys: { current: 2, keys: { 1: old, 2: young } },
    peppers: { current: 1, keys: { 1: old } },
  });
  expect(secrets.encryptionKeys.current).toBe(2);
  expect(secrets.encryptionKeys.keys.get(1)?.export().toString("base64")).toBe(old);
  expect(secrets.encryptionKeys.keys.get(2)?.export().toString("base64")).toBe(young);
  expect(secrets.peppers.keys.size).toBe(1);
});

describe("anything else is refused, and no message holds a key", () => {
  const good = { current: 1, keys: { 1: key() } };
  const short = key(31);
  const wrong: Record<string, unknown> = {
    "text that is not JSON": "{",
    "another version": { v: 2, encryptionKeys: good, peppers: good },
    "a field nobody knows": { v: 1, encryptionKeys: good, peppers: good, more: 1 },
    "no peppers": { v: 1, encryptionKeys: good },
    "a key that is too short": {
      v: 1,
      encryptionKeys: { current: 1, keys: { 1: short } },
      peppers: good,
    },
    "a current key that is not there": {
      v: 1,
      encryptionKeys: { ...good, current: 2 },
      peppers: good,
    },
    "a version that is no number": {
      v: 1,
      encryptionKeys: { current: 1, keys: { a: key() } },
      peppers: good,
    },
    "a key that is not base64": {
      v: 1,
      encryptionKeys: { current: 1, keys: { 1: "***" } },
      peppers: good,
    },
  };
  test.each(Object.entries(wrong))("%s", (_name, content) => {
    expect(() => read(content)).toThrow(/SECRETS_FILE .*secrets\.json/);
    try {
      read(content);
    } catch (error) {
      expect(String(error)).not.toContain(short);
    }
  });

  test("a file that is not there", () => {
    expect(() => readSecrets(join(folder, "none.json"))).toThrow(/none\.json cannot be read/);
  });
});
