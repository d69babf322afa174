import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { createPolicy } from "./create.ts";
import { lintPolicyDraft } from "./lint.ts";
import { publishPolicy } from "./publish.ts";
import { readPolicy } from "./read.ts";
import { rollbackPolicy } from "./rollback.ts";
import { testPolicies } from "./test-policies.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);
const developer = () => orgs.as(orgs.a.members.developer);
const BROKEN = "version: 1\nmode: enforce\nrules:\n  - alow: llm:*\n";

/** Allows nothing itself; whether its test holds depends on the layers beside it. */
const RELIES_ON_ORG = `version: 1
rules:
  - allow: git:fetch
tests:
  - name: the org lets models be asked
    action: llm:invoke
    on: anthropic/claude-sonnet-4-5
    expect: allow
`;

describe("a draft is judged with the stack as it would be", () => {
  test("a test that holds only beside the org's layer does not block, and fails where that is gone", async () => {
    const draft = { projectId: orgs.a.project, text: RELIES_ON_ORG };
    const judged = await lintPolicyDraft.run(developer(), { draft });
    expect(judged).toEqual({ publishable: true, mode: "enforce", issues: [] });
    const ofOrgs = { text: RELIES_ON_ORG.replace("expect: allow", "expect: deny") };
    const refused = await lintPolicyDraft.run(developer(), { draft: ofOrgs });
    expect(refused).toMatchObject({
      publishable: false,
      issues: [{ severity: "error", code: "test_failed", line: 8, column: expect.any(Number) }],
    });
  });

  test("failing tests of a lower layer are told and do not block the upper one; its own do", async () => {
    await createPolicy.run(developer(), {
      ...{ name: "relies", layer: "project", projectId: orgs.a.project, text: RELIES_ON_ORG },
    });
    const text = POLICY.replace("allow: llm:*", "deny: llm:*");
    const draft = { policyId: orgs.a.policy, text };
    const judged = await lintPolicyDraft.run(owner(), { draft });
    expect(judged.publishable).toBe(true);
    expect(judged.issues).toMatchObject([{ severity: "warning", code: "test_failed" }]);
    expect(judged.issues[0]?.message).toMatch(/policy `relies`, line 8: .*expects allow/);
    const ran = await testPolicies.run(owner(), { draft });
    expect(ran).toMatchObject({
      ...{ passed: 0, failed: 1, policiesLeftOut: 0 },
      tests: [{ policyName: "relies", layer: "project", isDraft: false, blocks: false }],
    });
    const sibling = { projectId: orgs.a.project, text: "rules: [{ deny: llm:* }]\n" };
    expect(await lintPolicyDraft.run(owner(), { draft: sibling })).toMatchObject({
      publishable: false,
      issues: [{ severity: "error", code: "test_failed", line: 1 }],
    });
    const published = createPolicy.run(owner(), {
      ...{ name: "sibling", layer: "project", projectId: orgs.a.project, text: sibling.text },
    });
    await expect(published).rejects.toMatchObject({ code: "policy_invalid" });
  });

  test("an agent's draft meets its project's policies, another agent's project does not matter", async () => {
    const text = RELIES_ON_ORG.replace("llm:invoke", "git:fetch")
      .replace("anthropic/claude-sonnet-4-5", "github.com/acme/app")
      .replace("allow: git:fetch", "allow: llm:invoke");
    const draft = { agentId: orgs.a.agent, text };
    expect(await testPolicies.run(developer(), { draft })).toMatchObject({ failed: 0, passed: 1 });
    const alone = await testPolicies.run(developer(), { draft: { text } });
    expect(alone.tests.find(({ isDraft }) => isDraft)).toMatchObject({
      ...{ passed: false, blocks: true, policyId: null, effect: "deny" },
    });
  });

  test("without a draft every test of the policies in force is run", async () => {
    const ran = await testPolicies.run(developer(), {});
    expect(ran.tests.map(({ policyName }) => policyName)).toContain("relies");
    expect(ran).toMatchObject({ failed: 0 });
  });

  test("errors come with line and column; nothing is published by looking", async () => {
    const draft = { policyId: orgs.a.policy, text: BROKEN };
    expect(await lintPolicyDraft.run(owner(), { draft })).toMatchObject({
      publishable: false,
      issues: [{ severity: "error", line: 4, column: 5, endLine: 4 }],
    });
    const failing = testPolicies.run(owner(), { draft });
    await expect(failing).rejects.toMatchObject({ code: "policy_invalid" });
    expect(await readPolicy.run(owner(), { id: orgs.a.policy })).toMatchObject({ liveVersion: 1 });
  });

  test("it names at most one place, and nothing of another org", async () => {
    const two = { text: POLICY, projectId: orgs.a.project, agentId: orgs.a.agent };
    const refused = lintPolicyDraft.run(owner(), { draft: two });
    await expect(refused).rejects.toMatchObject({ code: "invalid_input" });
    const { policy: policyId, project: projectId, agent: agentId } = orgs.b;
    for (const place of [{ policyId }, { projectId }, { agentId }]) {
      const crossing = lintPolicyDraft.run(owner(), { draft: { text: POLICY, ...place } });
      await expect(crossing).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("rollback", () => {
  test("publishes the older text as a new version, and refuses a stale base and a missing version", async () => {
    const { id } = await createPolicy.run(owner(), { name: "back", layer: "org", text: POLICY });
    const next = `${POLICY}  - deny: git:force_push\n`;
    await publishPolicy.run(owner(), { id, base: 1, text: next, message: "no force" });
    const stale = rollbackPolicy.run(owner(), { id, base: 1, to: 2 });
    await expect(stale).rejects.toMatchObject({ code: "conflict", facts: { liveVersion: 2 } });
    const missing = rollbackPolicy.run(owner(), { id, base: 2, to: 7 });
    await expect(missing).rejects.toMatchObject({ code: "not_found" });
    const forbidden = rollbackPolicy.run(developer(), { id, base: 2, to: 1 });
    await expect(forbidden).rejects.toMatchObject({ code: "forbidden" });
    expect(await rollbackPolicy.run(owner(), { id, base: 2, to: 1 })).toMatchObject({
      ...{ liveVersion: 3, published: { version: 3, message: "Back to version 1" } },
    });
    expect(await readPolicy.run(owner(), { id })).toMatchObject({ text: POLICY });
  });
});
