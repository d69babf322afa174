/** Whom a rule or a document is about, as a test over the subject. */
import type { Json } from "@yolo/core/action";
import type { PolicyWho } from "./document.ts";
import type { Subject } from "./engine.ts";
import { compileGlob, type GlobPattern, matchesAny } from "./glob.ts";
import type { Word } from "./issue.ts";

export type SubjectTest = (subject: Subject) => boolean;

/**
 * A test that every given part of `who` holds. Roles, groups, scopes and claims of a user who is not verified count
 * as absent, so that no effect ever rests on an unproven word.
 */
export function whoTest(who: PolicyWho): SubjectTest {
  const tests = [
    who.agents && agentTest(who.agents),
    who.tiers && tierTest(who.tiers),
    who.roles && anyOf(who.roles, (subject) => subject.user.roles),
    who.groups && anyOf(who.groups, (subject) => subject.user.groups),
    who.scopes && allOf(who.scopes),
    who.claims && claimsTest(who.claims),
  ].filter((test) => test !== undefined);
  return (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };
}

/** A test over the agent's name; a glob with a `/` is matched against `<project>/<name>`. */
export function agentTest(globs: readonly Word[]): SubjectTest {
  const byName: GlobPattern[] = [];
  const byPath: GlobPattern[] = [];
  for (const { value } of globs) {
    const glob = compileGlob(value, "segments");
    if ("patterns" in glob) (value.includes("/") ? byPath : byName).push(...glob.patterns);
  }
  return ({ agent }) =>
    matchesAny(byName, agent.name) ||
    (byPath.length > 0 && matchesAny(byPath, `${agent.project}/${agent.name}`));
}

function tierTest(tiers: readonly Subject["tier"][]): SubjectTest {
  return (subject) => tiers.includes(subject.tier);
}

function anyOf(
  wanted: readonly string[],
  of: (subject: Subject) => readonly string[],
): SubjectTest {
  return (subject) => {
    if (!subject.user.verified) return false;
    for (const word of of(subject)) if (wanted.includes(word)) return true;
    return false;
  };
}

function allOf(wanted: readonly string[]): SubjectTest {
  return ({ user }) => {
    if (!user.verified) return false;
    for (const scope of wanted) if (!user.scopes.includes(scope)) return false;
    return true;
  };
}

function claimsTest(wanted: ReadonlyMap<string, string | number | boolean>): SubjectTest {
  return ({ user }) => {
    if (!user.verified) return false;
    for (const [claim, value] of wanted) {
      if (!Object.hasOwn(user.claims, claim) || !holds(user.claims[claim], value)) return false;
    }
    return true;
  };
}

/** A claim holds a value that it equals or, being a list, contains. */
function holds(claim: Json | undefined, value: string | number | boolean): boolean {
  return Array.isArray(claim) ? claim.includes(value) : claim === value;
}
