/** Counts the rules that match one action: what the ordinary documents say together, and each boundary alone. */
import type { Effect } from "@yolo/core/decision";
import type { CompiledRule } from "./compiled-rule.ts";
import type { SelectedGroup, Selection } from "./selection.ts";

/** `enforced`: what counts now. `would`: what would count if every document were enforced. */
export type View = "enforced" | "would";

const RANK: Record<Effect, number> = { allow: 0, approve: 1, deny: 2 };
const EFFECT: readonly Effect[] = ["allow", "approve", "deny"];
const NONE = -1;

export class Tally {
  readonly #selection: Selection;
  /** Per group the rank of the strictest rule that matches; `NONE` where none does. */
  readonly #enforced: number[];
  readonly #would: number[];
  readonly #matched = new Set<CompiledRule>();

  constructor(selection: Selection) {
    this.#selection = selection;
    this.#enforced = selection.groups.map(() => NONE);
    this.#would = selection.groups.map(() => NONE);
  }

  /** Counts a rule that matches; the same rule counts once. */
  add(rule: CompiledRule): void {
    this.#matched.add(rule);
    const { group } = rule.document;
    const rank = RANK[rule.effect];
    this.#would[group] = Math.max(this.#would[group] ?? NONE, rank);
    if (rule.isEnforced) this.#enforced[group] = Math.max(this.#enforced[group] ?? NONE, rank);
  }

  /** The strictest of the ordinary documents together and each boundary alone. */
  effect(view: View): Effect {
    let rank = RANK.allow;
    for (let group = 0; group < this.#selection.groups.length; group += 1) {
      rank = Math.max(rank, this.#rank(group, view));
    }
    return EFFECT[rank] ?? "deny";
  }

  /** The matching rules that made `effect`, in the order of the text; an allow is never made by a boundary. */
  rules(view: View, effect: Effect): readonly CompiledRule[] {
    return [...this.#matched]
      .filter(
        (rule) =>
          rule.effect === effect &&
          (view === "would" || rule.isEnforced) &&
          (effect !== "allow" || rule.document.group === 0),
      )
      .sort((a, b) => a.index - b.index);
  }

  /** The group whose silence denies: the ordinary documents, or else the first boundary that says nothing. */
  silentGroup(): number {
    const silent = this.#selection.groups.findIndex(
      (_, group) => this.#enforced[group] === NONE && this.#rank(group, "enforced") === RANK.deny,
    );
    return Math.max(0, silent);
  }

  /** Default deny; where every document of the group that applies is in evaluate, the enforced base is allow. */
  #rank(group: number, view: View): number {
    const { isPresent, isEnforced }: SelectedGroup = this.#selection.groups[group] ?? ABSENT;
    if (group > 0 && !isPresent) return RANK.allow;
    const rank = (view === "enforced" ? this.#enforced : this.#would)[group] ?? NONE;
    if (rank !== NONE) return rank;
    return view === "enforced" && isPresent && !isEnforced ? RANK.allow : RANK.deny;
  }
}

const ABSENT: SelectedGroup = { isPresent: false, isEnforced: false };
