import { expect, test } from "vitest";
import { readEnv } from "./env.ts";

const FULL = {
  DATABASE_URL: "postgres://yolo_app:secret@127.0.0.1:5432/yolo",
  REDIS_URL: "redis://127.0.0.1:6379",
  SECRETS_FILE: "/run/secrets.json",
  GATEWAY_URL: "http://127.0.0.1:8787/",
  DASHBOARD_URL: "http://localhost:3000/",
  SMTP_URL: "smtp://127.0.0.1:25",
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

test("outside local mode mail must have a server, and sessions must not travel in clear", () => {
  const { SMTP_URL: _, ...withoutMail } = FULL;
  expect(() => readEnv(withoutMail)).toThrow(/SMTP_URL/);
  expect(readEnv({ ...withoutMail, LOCAL_MODE: "1" }).SMTP_URL).toBeUndefined();
  for (const url of ["http://app.example.com", "http://localhost.example.com"]) {
    expect(() => readEnv({ ...FULL, DASHBOARD_URL: url })).toThrow(/DASHBOARD_URL/);
  }
  for (const url of ["https://app.example.com", "http://127.0.0.1:3000", "http://[::1]:3000"]) {
    expect(readEnv({ ...FULL, DASHBOARD_URL: url }).DASHBOARD_URL).toBe(url);
  }
});
