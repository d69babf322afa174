import { expect, test } from "vitest";
import { allVerbs } from "../test/all-verbs.ts";
import { permissionsDocument } from "../test/permissions-document.ts";
import { covers, holds, PERMISSIONS, ROLES } from "./permissions.ts";

test("docs/permissions.md says what the code does, no more and no less", async () => {
  const verbs = await allVerbs();
  const document = permissionsDocument(verbs.values());
  await expect(document).toMatchFileSnapshot("../../../docs/permissions.md");
});

test("owners hold every permission that a member can hold", () => {
  for (const [permission, roles] of Object.entries(PERMISSIONS)) {
    if (roles.length > 0) expect(roles, permission).toContain("owner");
  }
});

test("a scope covers itself, its noun and nothing that only begins alike", () => {
  expect(covers(["agents:*"], "agents:write")).toBe(true);
  expect(covers(["agents:*"], "agent-keys:read")).toBe(false);
  expect(covers(["policies:write"], "policies:write-org")).toBe(false);
  expect(covers(["*"], "policies:write-org")).toBe(true);
  expect(covers([], "agents:read")).toBe(false);
});

test("no scope adds to a role, whatever the role", () => {
  for (const role of ROLES) {
    const member = { kind: "member", orgId: "o", memberId: "m", role } as const;
    for (const permission of ["agents:write", "connectors:write", "payloads:read"] as const) {
      const all = { ...member, token: { id: "t", scopes: ["*"] } };
      const none = { ...member, token: { id: "t", scopes: ["usage:read"] } };
      expect(holds(all, permission)).toBe(holds(member, permission));
      expect(holds(none, permission)).toBe(false);
    }
  }
});
