/** Why nothing allows an action: the nearest rule and the part of it that does not hold. */

import type { Candidate } from "./candidate.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { ruleText, shownAction } from "./explanation.ts";
import type { JudgementContext } from "./judgement.ts";
import type { ResourceIndex } from "./resource-index.ts";
import { familyOf, isFamily } from "./verb.ts";
import type { WhoPart } from "./who.ts";

/** A rule that is about the action and does not allow it for another reason. */
export interface NearMiss {
  readonly rule: CompiledRule;
  readonly part: WhoPart | "if" | "mode";
  readonly error?: string;
}

export interface Denial extends JudgementContext {
  readonly about: ResourceIndex;
  /** The group that says nothing: 0 the ordinary documents, else a boundary. */
  readonly group: number;
  readonly nearMiss: NearMiss | undefined;
  /** A candidate whose resource begins like the one that was asked for. */
  readonly alike: Candidate | undefined;
}

/** `No rule allows llm:invoke on x. The nearest rule is line 7 (allow llm:invoke on y): the resource does not match.` */
export function defaultDenial(denial: Denial): string {
  const who = denial.group === 0 ? "No rule allows" : "A boundary does not allow";
  const nearest = nearestRule(denial);
  const what = `${who} ${shownAction(denial.action)}.`;
  if (denial.group === 0 && !denial.selection.groups[0]?.isPresent) {
    return `${what} No policy is for this agent.`;
  }
  if (nearest === undefined) return `${what} No rule is about \`${familyOf(denial.action.verb)}\`.`;
  const { rule, failed } = nearest;
  return `${what} The nearest rule is line ${rule.reference.line} (${ruleText(rule)}): ${failed}.`;
}

function nearestRule(
  denial: Denial,
): { readonly rule: CompiledRule; readonly failed: string } | undefined {
  const { selection, group, nearMiss, alike, about, action, index } = denial;
  const isInView = ({ effect, document }: CompiledRule): boolean =>
    effect === "allow" && document.group === group && selection.applies[document.index] === true;
  if (nearMiss !== undefined && isInView(nearMiss.rule)) {
    return { rule: nearMiss.rule, failed: failedPart(nearMiss) };
  }
  const ofVerb =
    alike !== undefined && isInView(alike.rule)
      ? alike
      : about.candidates.find(({ rule }) => isInView(rule));
  if (ofVerb !== undefined) return { rule: ofVerb.rule, failed: "the resource does not match" };
  const family = familyOf(action.verb);
  const ofFamily = isFamily(family) ? index.allowing(family).find(isInView) : undefined;
  return ofFamily && { rule: ofFamily, failed: "the verb does not match" };
}

const FAILED_PARTS: Record<NearMiss["part"], string> = {
  agents: "it is about other agents (`who.agents`)",
  tiers: "it is about other clients (`who.tiers`)",
  roles: "the user has none of its roles (`who.roles`)",
  groups: "the user is in none of its groups (`who.groups`)",
  scopes: "the user lacks one of its scopes (`who.scopes`)",
  claims: "the user lacks one of its claims (`who.claims`)",
  verified: "the user is verified",
  if: "its condition (`if`) is not true",
  mode: "its document is in evaluate",
};

function failedPart({ part, error }: NearMiss): string {
  return error === undefined ? FAILED_PARTS[part] : `its condition (\`if\`) failed: ${error}`;
}
