/** What changes between two versions of a policy, in terms of rules: order and spelling are no change. */
import type { PolicySource } from "./compile.ts";
import { resolveSources } from "./compile.ts";
import type { PolicyDocument } from "./document.ts";
import type { ResolvedDocument, ResolvedRule } from "./resolve.ts";

export type PolicyChange =
  | { readonly kind: "added"; readonly after: RuleView }
  | { readonly kind: "removed"; readonly before: RuleView }
  | {
      readonly kind: "changed";
      readonly before: RuleView;
      readonly after: RuleView;
      /** The parts that differ: `verbs`, `resources`, `who`, … */
      readonly parts: readonly string[];
    }
  | {
      /** `mode`, `require` or `labels` of a document, told by its position. */
      readonly kind: "setting";
      readonly document: number;
      readonly name: string;
      readonly before: string;
      readonly after: string;
    };

export interface RuleView {
  readonly line: number;
  readonly id: string | undefined;
  /** The rule in one line. */
  readonly text: string;
}

/** Throws `policy_invalid` like `compilePolicy`. */
export function diffPolicies(before: string, after: string): readonly PolicyChange[] {
  const [old, fresh] = [documentsOf(before), documentsOf(after)];
  const longer = old.length > fresh.length ? old : fresh;
  const settings = longer.flatMap((_, index) =>
    settingChanges(index, old[index]?.document, fresh[index]?.document),
  );
  return [...settings, ...ruleChanges(old.flatMap(entriesOf), fresh.flatMap(entriesOf))];
}

function documentsOf(text: string): readonly ResolvedDocument[] {
  const source: PolicySource = { policyId: "diff", version: 0, layer: "org", text };
  return resolveSources([source]).map(({ resolved }) => resolved);
}

interface Entry {
  readonly view: RuleView;
  /** Position of its document. */
  readonly document: number;
  readonly parts: Readonly<Record<string, string>>;
}

/** A rule with all that it means; whom its document is for, whether that is a boundary and enforced, is part of it. */
function entriesOf({ document, rules }: ResolvedDocument, index: number): Entry[] {
  return rules.map((resolved) => ({
    view: viewOf(resolved),
    document: index,
    parts: {
      effect: resolved.rule.effect,
      verbs: listed(resolved.heads.map(({ verb }) => verb.key)),
      resources: listed(
        resolved.heads.flatMap(({ resources }) =>
          [...resources.values()].flatMap(({ texts }) => texts),
        ),
      ),
      who: whoText(resolved),
      if: resolved.rule.condition?.value ?? "",
      always: String(resolved.rule.always),
      reason: resolved.rule.reason ?? "",
      id: resolved.rule.id?.value ?? "",
      agents: agentsText(document),
      boundary: String(document.isBoundary),
      mode: resolved.rule.always ? "enforce" : document.mode,
    },
  }));
}

function viewOf({ rule }: ResolvedRule): RuleView {
  const on =
    rule.resources.length === 0 ? "" : ` on ${rule.resources.map(({ value }) => value).join(", ")}`;
  return {
    line: rule.place.line,
    id: rule.id?.value,
    text: `${rule.effect} ${rule.verbs.map(({ value }) => value).join(", ")}${on}`,
  };
}

function whoText({ rule }: ResolvedRule): string {
  if (rule.who === undefined) return "";
  const { agents, tiers, roles, groups, scopes, claims } = rule.who;
  return JSON.stringify({
    agents: listed(agents?.map(({ value }) => value) ?? []),
    tiers: listed(tiers ?? []),
    roles: listed(roles ?? []),
    groups: listed(groups ?? []),
    scopes: listed(scopes ?? []),
    claims: listed([...(claims ?? [])].map(([name, value]) => JSON.stringify([name, value]))),
  });
}

function agentsText({ agents }: PolicyDocument): string {
  return agents === undefined ? "" : listed(agents.map(({ value }) => value));
}

function listed(words: readonly string[]): string {
  return [...new Set(words)].sort().join(" ");
}

/** Rules with the same id belong together, then those that are equal, then those with the same effect and verbs. */
function ruleChanges(before: readonly Entry[], after: readonly Entry[]): PolicyChange[] {
  const old = new Set(before);
  const fresh = new Set(after);
  const changes: PolicyChange[] = [];
  for (const keyOf of PAIRINGS) {
    const partners = new Map<string | undefined, Set<Entry>>();
    for (const entry of old) {
      const alike = partners.get(keyOf(entry)) ?? new Set();
      partners.set(keyOf(entry), alike.add(entry));
    }
    for (const entry of fresh) {
      const key = keyOf(entry);
      const alike = key === undefined ? undefined : partners.get(key);
      const partner = alike && firstWithoutOtherId(alike, entry);
      if (partner === undefined) continue;
      alike?.delete(partner);
      old.delete(partner);
      fresh.delete(entry);
      const parts = differing(partner, entry);
      if (parts.length > 0) {
        changes.push({ kind: "changed", before: partner.view, after: entry.view, parts });
      }
    }
  }
  for (const { view } of old) changes.push({ kind: "removed", before: view });
  for (const { view } of fresh) changes.push({ kind: "added", after: view });
  return changes;
}

/** What rules that belong together have in common; `undefined`: this rule has nothing of it. */
const PAIRINGS: readonly ((entry: Entry) => string | undefined)[] = [
  ({ view }) => view.id,
  ({ parts, document }) => JSON.stringify({ ...parts, mode: document }),
  ({ parts }) => JSON.stringify(parts),
  ({ parts }) => JSON.stringify({ ...parts, mode: "" }),
  ({ parts: { effect, verbs, agents } }) => JSON.stringify([effect, verbs, agents]),
  ({ parts: { verbs, resources, agents } }) => JSON.stringify([verbs, resources, agents]),
];

/** A rule that has another id is another rule. */
function firstWithoutOtherId(candidates: ReadonlySet<Entry>, { view }: Entry): Entry | undefined {
  for (const candidate of candidates) {
    const { id } = candidate.view;
    if (id === undefined || view.id === undefined || id === view.id) return candidate;
  }
  return undefined;
}

/** The mode of a document that stays where it is is told once, as its setting. */
function differing(a: Entry, b: Entry): readonly string[] {
  return Object.keys(a.parts).filter(
    (part) => a.parts[part] !== b.parts[part] && (part !== "mode" || a.document !== b.document),
  );
}

function settingChanges(
  index: number,
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
): PolicyChange[] {
  const [old, fresh] = [settingsOf(before), settingsOf(after)];
  // In which mode a document is that comes or goes, its rules say.
  const names = before && after ? SETTINGS : SETTINGS.filter((name) => name !== "mode");
  return names
    .filter((name) => old[name] !== fresh[name])
    .map((name) => {
      const [from, to] = [old[name], fresh[name]];
      return { kind: "setting", document: index, name, before: from, after: to };
    });
}

const SETTINGS = ["mode", "require", "labels"] as const;

/** Of no document: that nothing is set. */
function settingsOf(
  document: PolicyDocument | undefined,
): Readonly<Record<(typeof SETTINGS)[number], string>> {
  if (document === undefined) return { mode: "", require: "", labels: "" };
  const { mode, requiresUser, labels } = document;
  return {
    mode,
    require: requiresUser === undefined ? "" : "user",
    labels: listed(
      labels.map(
        ({ label, resources }) => `${label.value}:${listed(resources.map(({ value }) => value))}`,
      ),
    ),
  };
}
