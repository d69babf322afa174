import { createTwoOrgs, POLICY, type TwoOrgs } from "@yolo/control/test/two-orgs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApi, TOKEN } from "./api-server.ts";
import { FILES, run as runHere } from "./run.ts";

let orgs: TwoOrgs;
let api: ApiServer;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  api = await startApi(orgs.as(orgs.a.members.developer));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

const files = { ...FILES, "next.yaml": `${POLICY}  - deny: git:push\n    id: frozen\n` };

function run(...args: readonly string[]) {
  const env = { YOLO_API: api.url, YOLO_TOKEN: TOKEN };
  return runHere(["policy", ...args], { files, env });
}

test("explain asks about an agent of the org, with a draft where it would stand", async () => {
  const attempt = ["explain", "git:push", "github.com/acme/app#main", "--agent", orgs.a.agent];
  const now = await run(...attempt);
  expect(now).toMatchObject({ code: 0, error: "" });
  expect(now.out).toMatch(/^deny {2}No rule allows git:push/);
  const draft = await run(...attempt, "next.yaml", "--policy", orgs.a.policy, "--json");
  expect(JSON.parse(draft.out)).toMatchObject({
    ...{ effect: "deny", explanation: expect.stringContaining("frozen") },
  });
  const there = await run(
    ...attempt,
    "good.yaml",
    "--project",
    orgs.a.project,
    "--expect",
    "approve",
  );
  // Its condition looks at an argument that is not given: an approve counts then.
  expect(there.code).toBe(0);
});

test("preview: what the published policies let an agent do", async () => {
  const { code, out } = await run("preview", "--agent", orgs.a.agent);
  expect(code).toBe(0);
  expect(out).toMatch(/^allow +llm:invoke +anthropic\/\*\* +floor:4$/m);
});

test("diff: the version in force against a file", async () => {
  const { code, out } = await run("diff", "--policy", orgs.a.policy, "next.yaml", "--exit-code");
  expect(out).toBe("+ line 6 `frozen`: deny git:push");
  expect(code).toBe(1);
  expect(await run("diff", "--policy", orgs.a.policy, "--to", "1")).toMatchObject({
    ...{ code: 0, out: "No rule changes." },
  });
});

test("a draft with errors is a finding; what the API refuses is not usable", async () => {
  const agent = ["--agent", orgs.a.agent];
  const broken = await run("preview", "bad.yaml", ...agent);
  expect(broken).toMatchObject({ code: 1, out: expect.stringContaining("draft:3:5  error") });
  const theirs = await run("preview", "--agent", orgs.b.agent);
  expect(theirs).toMatchObject({ code: 2, error: expect.stringContaining("(not_found)") });
  const version = await run("diff", "--policy", orgs.a.policy, "--to", "9");
  expect(version).toMatchObject({ code: 2, error: expect.stringContaining("(not_found)") });
});
