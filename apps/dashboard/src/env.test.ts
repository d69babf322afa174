import { expect, test } from "vitest";
import { readEnv } from "./env.ts";

const FULL = {
  DATABASE_URL: "postgres://yolo_app:secret@127.0.0.1:5432/yolo",
  REDIS_URL: "redis://127.0.0.1:6379",
  SECRETS_FILE: "/run/secrets.json",
  GATEWAY_URL: "http://127.0.0.1:8787/",
  DASHBOARD_URL: "http://localhost:3000/",
};

test("addresses become origins; what is optional may be left out or empty", () => {
  const env = readEnv({ ...FULL, WORKER_URL: "", LOCAL_MODE: "1" });
  expect(env).toMatchObject({ GATEWAY_URL: "http://127.0.0.1:8787", LOCAL_MODE: "1" });
  expect(env.WORKER_URL).toBeUndefined();
});

test("every wrong variable is named, and no value is repeated", () => {
  const wrong = () => readEnv({ ...FULL, DATABASE_URL: "mysql://secret@x", LOCAL_MODE: "true" });
  expect(wrong).toThrow(/DATABASE_URL/);
  expect(wrong).toThrow(/LOCAL_MODE/);
  expect(wrong).not.toThrow(/secret/);
});
