/**
 * The decision: default deny; deny > approve > allow whatever the order and the layer; boundaries judged alone; the
 * strictest wins. Pure: the same rules, subject, action and moment always give the same decision. Never throws.
 */
import type { Action, Actions, Json } from "@yolo/core/action";
import type { Decision } from "@yolo/core/decision";
import type { Compiled } from "./compiled-rule.ts";
import { FAILED, refusal, unreadable } from "./explanation.ts";
import { Judgement } from "./judgement.ts";
import { RuleIndex } from "./rule-index.ts";
import { Selector } from "./selection.ts";
import { strictestOf } from "./strictest-decision.ts";
import type { Tier } from "./tiers.ts";
import { canonicalAction, generalVerb } from "./verb.ts";

/** Who acts. */
export interface Subject {
  readonly agent: { readonly id: string; readonly name: string; readonly project: string };
  readonly user: {
    readonly id: string;
    /** Whether a token proved the user; if not, roles, groups, scopes and claims count as absent. */
    readonly verified: boolean;
    readonly roles: readonly string[];
    readonly groups: readonly string[];
    readonly scopes: readonly string[];
    readonly claims: Readonly<Record<string, Json>>;
  };
  readonly session: { readonly id: string };
  readonly tier: Tier;
}

/** What is true at this moment; time and counters come in as facts. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly usage: Readonly<Record<string, number>>;
}

export interface Engine {
  /** The decision on one action; for a special verb (`git:force_push`) its general one must pass too. */
  decide(subject: Subject, action: Action, moment: Moment): Decision;
  /** The strictest decision on all actions of a request; the explanation names the first action that made it. */
  decideAll(subject: Subject, actions: Actions, moment: Moment): Decision;
}

export function createEngine({ documents, rules }: Compiled): Engine {
  const index = new RuleIndex(rules);
  const selector = new Selector(documents);

  function decideOne(subject: Subject, action: Action, moment: Moment): Decision {
    const about = index.about(action.verb);
    if (about === undefined) return refusal(unreadable(action, "there is no such verb"));
    const selection = selector.select(subject);
    const context = { subject, action, moment, selection, documents, index };
    return new Judgement(context, about).decision();
  }

  function decide(subject: Subject, given: Action, moment: Moment): Decision {
    try {
      const canonical = canonicalAction(given);
      if ("problem" in canonical) return refusal(unreadable(given, canonical.problem));
      const { action } = canonical;
      const special = decideOne(subject, action, moment);
      const general = generalVerb(action.verb);
      if (general === undefined) return special;
      const asGeneral = { ...action, verb: general };
      return strictestOf([
        { action, decision: special },
        { action: asGeneral, decision: decideOne(subject, asGeneral, moment) },
      ]);
    } catch {
      return refusal(FAILED);
    }
  }

  function decideAll(subject: Subject, actions: Actions, moment: Moment): Decision {
    const [first, ...others] = actions;
    const decision = decide(subject, first, moment);
    if (others.length === 0) return decision;
    return strictestOf([
      { action: first, decision },
      ...others.map((action) => ({ action, decision: decide(subject, action, moment) })),
    ]);
  }

  return { decide, decideAll };
}
