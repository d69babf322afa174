/** Whom a rule or a document is about, as tests over the subject. */
import type { Json } from "@yolo/core/action";
import type { PolicyWho } from "./document.ts";
import type { Subject } from "./engine.ts";
import { compileGlob, type GlobPattern, matchesAny } from "./glob.ts";
import type { Word } from "./issue.ts";

export type AgentTest = (agent: Subject["agent"]) => boolean;

/** The first part of a rule's `who` that does not hold; `undefined`: all hold. */
export type WhoTest = (subject: Subject) => WhoPart | undefined;
export type WhoPart = "agents" | "tiers" | "roles" | "groups" | "scopes" | "claims" | "verified";

/**
 * A test of every given part. Roles, groups, scopes and claims of a user who is not verified count as absent, so
 * that no effect ever rests on an unproven word.
 */
export function whoTest(who: PolicyWho): WhoTest {
  const { tiers, roles, groups, scopes, claims } = who;
  const isAgent = who.agents && agentTest(who.agents);
  return (subject) => {
    const { user } = subject;
    if (isAgent && !isAgent(subject.agent)) return "agents";
    if (tiers && !tiers.includes(subject.tier)) return "tiers";
    if (roles && !(user.verified && hasAny(user.roles, roles))) return "roles";
    if (groups && !(user.verified && hasAny(user.groups, groups))) return "groups";
    if (scopes && !(user.verified && hasAll(user.scopes, scopes))) return "scopes";
    if (claims && !(user.verified && hasClaims(user.claims, claims))) return "claims";
    return undefined;
  };
}

/** `require: user`: the test of whoever is not verified. */
export const unverified: WhoTest = ({ user }) => (user.verified ? "verified" : undefined);

/** A test over the agent's name; a glob with a `/` is matched against `<project>/<name>`. */
export function agentTest(globs: readonly Word[]): AgentTest {
  const byName: GlobPattern[] = [];
  const byPath: GlobPattern[] = [];
  for (const { value } of globs) {
    const glob = compileGlob(value, "segments");
    if ("patterns" in glob) (value.includes("/") ? byPath : byName).push(...glob.patterns);
  }
  return (agent) =>
    matchesAny(byName, agent.name) ||
    (byPath.length > 0 && matchesAny(byPath, `${agent.project}/${agent.name}`));
}

function hasAny(words: readonly string[], wanted: readonly string[]): boolean {
  for (const word of wanted) if (words.includes(word)) return true;
  return false;
}

function hasAll(words: readonly string[], wanted: readonly string[]): boolean {
  for (const word of wanted) if (!words.includes(word)) return false;
  return true;
}

function hasClaims(
  claims: Readonly<Record<string, Json>>,
  wanted: ReadonlyMap<string, string | number | boolean>,
): boolean {
  for (const [claim, value] of wanted) {
    if (!Object.hasOwn(claims, claim) || !holds(claims[claim], value)) return false;
  }
  return true;
}

/** A claim holds a value that it equals or, being a list, contains. */
function holds(claim: Json | undefined, value: string | number | boolean): boolean {
  return Array.isArray(claim) ? claim.includes(value) : claim === value;
}
