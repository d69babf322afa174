import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { createPolicy } from "./create.ts";
import { diffPolicyVersions } from "./diff.ts";
import { explainPolicy } from "./explain.ts";
import { previewAgent } from "./preview.ts";
import { publishPolicy } from "./publish.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  const text = `rules:
  - allow: git:push
    on: branches/feature/**
  - allow: git:push
    on: branches/main
    who: { roles: release }
    id: release-only
`;
  const place = { layer: "project", projectId: orgs.a.project } as const;
  await createPolicy.run(orgs.as(orgs.a.members.owner), { name: "web", ...place, text });
});
afterAll(() => orgs[Symbol.asyncDispose]());

const developer = () => orgs.as(orgs.a.members.developer);
const push = { verb: "git:push", resource: "github.com/acme/app#main" };

test("why not: the nearest rule comes first, with the part that does not hold", async () => {
  const agentId = orgs.a.agent;
  const whyNot = await explainPolicy.run(developer(), { agentId, action: push });
  expect(whyNot).toMatchObject({ effect: "deny", rules: [] });
  expect(whyNot.explanation).toMatch(/line 4 .*who\.roles/);
  expect(whyNot.steps[0]?.resource).toBe("github.com/acme/app#refs/heads/main");
  expect(whyNot.steps[0]?.rules[0]).toMatchObject({
    ...{ id: "release-only", policyName: "web", failed: "roles", line: 4, isDraft: false },
  });
  const user = { roles: ["release"] };
  const why = await explainPolicy.run(developer(), { agentId, action: push, user });
  expect(why).toMatchObject({ effect: "allow", rules: [{ id: "release-only" }] });
});

test("a draft is explained beside the layers it would stand with", async () => {
  const text = "rules:\n  - deny: git:push\n    id: frozen\n";
  const draft = { agentId: orgs.a.agent, text };
  const explained = await explainPolicy.run(developer(), {
    ...{ agentId: orgs.a.agent, draft, user: { roles: ["release"] }, action: push },
  });
  expect(explained).toMatchObject({
    effect: "deny",
    rules: [{ id: "frozen", policyId: null, isDraft: true, version: 1 }],
  });
});

test("what is no verb, and a draft with errors, are refused", async () => {
  const agentId = orgs.a.agent;
  const noVerb = explainPolicy.run(developer(), { agentId, action: { ...push, verb: "git:*" } });
  await expect(noVerb).rejects.toMatchObject({ code: "invalid_input" });
  const draft = { text: "rules: [{ alow: git:push }]" };
  const broken = previewAgent.run(developer(), { agentId, draft });
  await expect(broken).rejects.toMatchObject({
    ...{ code: "policy_invalid", facts: { issues: [{ line: 1, column: expect.any(Number) }] } },
  });
});

test("preview: what the agent's layers together let it do, each with its line", async () => {
  const { data } = await previewAgent.run(developer(), { agentId: orgs.a.agent });
  expect(
    data.map(({ verb, resource, effect, rules }) => [verb, resource, effect, rules[0]?.line]),
  ).toEqual(
    expect.arrayContaining([
      ["git:push", "**#refs/heads/feature/**", "allow", 2],
      ["git:push", "**#refs/heads/main", "deny", undefined],
      ["llm:invoke", "anthropic/**", "allow", 4],
    ]),
  );
  const other = previewAgent.run(developer(), { agentId: orgs.b.agent });
  await expect(other).rejects.toMatchObject({ code: "not_found" });
});

test("diff: between versions, and from the version in force to a draft, in terms of rules", async () => {
  const owner = orgs.as(orgs.a.members.owner);
  const id = orgs.a.policy;
  const text = `${POLICY}  - deny: git:force_push\n    id: history\n`;
  await publishPolicy.run(owner, { id, base: 1, text, message: "history" });
  expect(await diffPolicyVersions.run(developer(), { id, from: 1, to: 2 })).toEqual({
    changes: [{ kind: "added", after: { line: 6, id: "history", text: expect.any(String) } }],
  });
  expect(await diffPolicyVersions.run(developer(), { id, text: POLICY })).toMatchObject({
    changes: [{ kind: "removed", before: { line: 6 } }],
  });
  const mode = text.replace("enforce", "evaluate");
  expect(await diffPolicyVersions.run(developer(), { id, text: mode })).toEqual({
    changes: [{ kind: "setting", document: 0, name: "mode", before: "enforce", after: "evaluate" }],
  });
  const missing = diffPolicyVersions.run(developer(), { id, to: 9 });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
});
