/** The tests of a document, as written. */
import type { PolicyTest, PolicyTestUser } from "./document.ts";
import { located, maybeLocated, type Path } from "./located.ts";
import type { RawTest } from "./schema.ts";
import type { Tree } from "./yaml-tree.ts";

export function readTest(tree: Tree, path: Path, test: RawTest): PolicyTest {
  return {
    name: located(tree, [...path, "name"], test.name),
    action: located(tree, [...path, "action"], test.action),
    on: located(tree, [...path, "on"], test.on),
    agent: test.agent,
    project: test.project,
    tier: test.tier,
    session: test.session,
    user: test.user === undefined ? undefined : readUser(test.user),
    args: test.args ?? {},
    facts: test.facts ?? {},
    usage: test.usage ?? {},
    now: test.now,
    expect: located(tree, [...path, "expect"], test.expect),
    rule: maybeLocated(tree, [...path, "rule"], test.rule),
  };
}

function readUser(user: NonNullable<RawTest["user"]>): PolicyTestUser {
  return {
    id: user.id,
    verified: user.verified ?? true,
    roles: user.roles ?? [],
    groups: user.groups ?? [],
    scopes: user.scopes ?? [],
    claims: user.claims ?? {},
  };
}
