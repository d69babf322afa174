/** Counts the rules that match one action: what the ordinary documents say together, and each boundary alone. */
import type { Effect } from "@yolo/core/decision";
import type { CompiledDocument, CompiledRule } from "./compiled-rule.ts";
import type { Subject } from "./engine.ts";

/** `enforced`: what counts now. `would`: what would count if every document were enforced. */
export type View = "enforced" | "would";

const RANK: Record<Effect, number> = { allow: 0, approve: 1, deny: 2 };
const EFFECT: readonly Effect[] = ["allow", "approve", "deny"];
const NONE = -1;

export class Tally {
  readonly #applies: readonly boolean[];
  readonly #groups: readonly Group[];
  readonly #matched: CompiledRule[] = [];

  constructor(documents: readonly CompiledDocument[], subject: Subject) {
    this.#applies = documents.map(({ appliesTo }) => appliesTo === undefined || appliesTo(subject));
    const groups: Group[] = [newGroup()];
    for (const { index, group, isEnforced } of documents) {
      groups[group] ??= newGroup();
      const judged = groups[group];
      if (!this.#applies[index]) continue;
      judged.isPresent = true;
      if (isEnforced) judged.isEnforced = true;
    }
    this.#groups = groups;
  }

  applies(document: CompiledDocument): boolean {
    return this.#applies[document.index] === true;
  }

  /** Counts a rule that matches. */
  add(rule: CompiledRule): void {
    const group = this.#groups[rule.document.group];
    if (group === undefined) return;
    this.#matched.push(rule);
    const rank = RANK[rule.effect];
    group.would = Math.max(group.would, rank);
    if (rule.isEnforced) group.enforced = Math.max(group.enforced, rank);
  }

  /** The strictest of the ordinary documents together and each boundary alone. */
  effect(view: View): Effect {
    const ranks = this.#groups.map((group, index) => rankOf(group, index > 0, view));
    return EFFECT[Math.max(...ranks)] ?? "deny";
  }

  /** The matching rules that made `effect`; an allow is never made by a boundary. */
  rules(view: View, effect: Effect): readonly CompiledRule[] {
    return this.#matched.filter(
      (rule) =>
        rule.effect === effect &&
        (view === "would" || rule.isEnforced) &&
        (effect !== "allow" || rule.document.group === 0),
    );
  }

  /** The boundary, if one, that says nothing and thereby denies. */
  silentBoundary(): number | undefined {
    const silent = this.#groups.findIndex(
      (group, index) => index > 0 && group.isEnforced && group.enforced === NONE,
    );
    return silent < 0 ? undefined : silent;
  }

  /** Whether the ordinary documents, taken alone, let the action pass. */
  isGranted(): boolean {
    const [ordinary] = this.#groups;
    return ordinary !== undefined && rankOf(ordinary, false, "enforced") < RANK.deny;
  }
}

interface Group {
  /** Whether any document of the group applies to the subject. */
  isPresent: boolean;
  /** Whether one of those is enforced. */
  isEnforced: boolean;
  /** Rank of the strictest rule that matches; `NONE` where none does. */
  enforced: number;
  would: number;
}

function newGroup(): Group {
  return { isPresent: false, isEnforced: false, enforced: NONE, would: NONE };
}

/** Default deny; where every document that applies is in evaluate, the enforced base is allow. */
function rankOf(group: Group, isBoundary: boolean, view: View): number {
  if (isBoundary && !group.isPresent) return RANK.allow;
  const rank = group[view];
  if (rank !== NONE) return rank;
  const isShadowOnly = view === "enforced" && group.isPresent && !group.isEnforced;
  return isShadowOnly ? RANK.allow : RANK.deny;
}
