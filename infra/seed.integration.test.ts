/** The demo is found as it was left, and only what is missing is made. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@yolo/core/secret";
import { type KeptCredentials, seedDemo } from "@yolo/prisma/seed";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSecretsFile } from "./local/secrets.ts";

let database: TestDatabase;
let owner: postgres.Sql;
let folder: string;

beforeEach(async () => {
  database = await createDatabase();
  owner = postgres(database.ownerUrl, { max: 1 });
  folder = mkdtempSync(join(tmpdir(), "yolo-seed-"));
});

afterEach(async () => {
  await owner.end();
  await database[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function seed(kept: KeptCredentials = {}, anthropicApiKey?: string) {
  return seedDemo({
    databaseUrl: database.appUrl,
    secretsFile: keepSecretsFile(folder),
    kept,
    ...(anthropicApiKey !== undefined && { anthropicApiKey: new Secret(anthropicApiKey) }),
  });
}

function apiKey(): string {
  return `sk-ant-api03-${randomBytes(24).toString("base64url")}`;
}

async function count(): Promise<object> {
  const [row] = await owner`SELECT
    (SELECT count(*)::int FROM directory.orgs) AS orgs, (SELECT count(*)::int FROM org.projects) AS projects,
    (SELECT count(*)::int FROM org.agents) AS agents, (SELECT count(*)::int FROM org.agent_keys) AS keys,
    (SELECT count(*)::int FROM org.api_tokens) AS tokens,
    (SELECT count(*)::int FROM org.connectors) AS connectors,
    (SELECT count(*)::int FROM org.policy_versions) AS versions`;
  return row ?? {};
}

const ONE = { orgs: 1, projects: 1, agents: 1, keys: 1, tokens: 1, connectors: 0, versions: 1 };

test("seeding again changes nothing and gives the same credentials", async () => {
  const first = await seed();
  expect(first).toMatchObject({
    org: "demo",
    project: "web",
    agent: "claude-code",
    upstream: "test-model",
  });
  expect(await seed(first.keep)).toEqual(first);
  expect(await count()).toEqual(ONE);
});

test("credentials that were lost or revoked are made anew, and nothing else is", async () => {
  const first = await seed();
  const second = await seed();
  expect(second.agentKey).not.toBe(first.agentKey);
  await owner`UPDATE org.agent_keys SET revoked_at = now()`;
  await owner`UPDATE org.api_tokens SET revoked_at = now()`;
  const third = await seed(second.keep);
  expect(third.agentKey).not.toBe(second.agentKey);
  expect(third.apiToken).not.toBe(second.apiToken);
  expect(await count()).toEqual({ ...ONE, keys: 3, tokens: 3 });
});

test("a provider's key makes it the default upstream and the agent key a live one; a new one takes over", async () => {
  const [one, other] = [apiKey(), apiKey()];
  const first = await seed({}, one);
  expect(first).toMatchObject({
    upstream: "anthropic",
    agentKey: expect.stringMatching(/^ylg_live_/),
  });
  expect(await seed(first.keep, one)).toEqual(first);
  const second = await seed(first.keep, other);
  expect(second.agentKey).toBe(first.agentKey);
  const connectors =
    await owner`SELECT name, base_url, is_default FROM org.connectors ORDER BY name`;
  expect([...connectors]).toEqual([
    { name: "anthropic", base_url: "https://api.anthropic.com", is_default: false },
    { name: "anthropic-2", base_url: "https://api.anthropic.com", is_default: true },
  ]);
  const stored = await owner`SELECT count(*)::int AS found FROM org.connectors
    WHERE position(${Buffer.from(one)} IN credential) > 0`;
  expect(stored[0]).toEqual({ found: 0 });
  const without = await seed(second.keep);
  expect(without).toMatchObject({
    upstream: "test-model",
    agentKey: expect.stringMatching(/^ylg_test_/),
  });
  expect((await seed(without.keep, other)).agentKey).toBe(first.agentKey);
});

test("a policy that a person has changed since stays as they left it", async () => {
  const { keep } = await seed();
  await owner`UPDATE org.policies SET live_version = 2`;
  await seed(keep);
  expect([...(await owner`SELECT live_version FROM org.policies`)]).toEqual([{ live_version: 2 }]);
});
