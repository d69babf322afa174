/** The rules of a document, as written: sentences and the form with keys. */
import type { Effect } from "@yolo/core/decision";
import type { PolicyApproval, PolicyRule, PolicyWho } from "./document.ts";
import { errorAt, type Issue } from "./issue.ts";
import { maybeLocated, maybeWords, type Path, words } from "./located.ts";
import type { RawDocument, RawRule, RawWho } from "./schema.ts";
import { keyPlaceAt, placeAt, type Tree, textPlaceAt } from "./yaml-tree.ts";

export interface ReadRules {
  readonly rules: readonly PolicyRule[];
  readonly issues: readonly Issue[];
}

const EFFECT_KEYS = ["allow", "approve", "deny"] as const satisfies readonly Effect[];

/** `verb on resource`: the first word, the word `on`, and the rest. */
const SENTENCE = /^(\S+) +on +(\S(?:.*\S)?)$/;

/** Sentences and rules, in the order of the text. */
export function readRules(tree: Tree, raw: RawDocument): ReadRules {
  const rules: PolicyRule[] = [];
  const issues: Issue[] = [];
  const effect = raw.requires_approval === true ? "approve" : "allow";
  for (const [index, text] of (raw.policies ?? []).entries()) {
    const read = readSentence(tree, ["policies", index], text, effect);
    if ("severity" in read) issues.push(read);
    else rules.push(read);
  }
  for (const [index, rule] of (raw.rules ?? []).entries()) {
    const read = readRule(tree, ["rules", index], rule);
    if ("severity" in read) issues.push(read);
    else rules.push(read);
  }
  return { rules, issues };
}

function readSentence(tree: Tree, path: Path, text: string, effect: Effect): PolicyRule | Issue {
  const place = placeAt(tree, path);
  const [, verb, resource] = SENTENCE.exec(text) ?? [];
  if (verb === undefined || resource === undefined) {
    const example = "for example `git:push on branches/feature/*`";
    return errorAt(place, "not_a_sentence", `expected a sentence \`verb on resource\`, ${example}`);
  }
  return {
    form: "sentence",
    effect,
    place,
    verbs: [{ value: verb, place }],
    resources: [{ value: resource, place }],
    who: undefined,
    condition: undefined,
    id: undefined,
    always: false,
    reason: undefined,
    approval: undefined,
  };
}

function readRule(tree: Tree, path: Path, rule: RawRule): PolicyRule | Issue {
  const [effect, another] = EFFECT_KEYS.filter((key) => rule[key] !== undefined);
  if (effect === undefined || another !== undefined) {
    const message = "a rule has exactly one of `allow`, `approve`, `deny`";
    return errorAt(placeAt(tree, path), "not_one_effect", message);
  }
  return {
    form: "rule",
    effect,
    place: placeAt(tree, path),
    verbs: maybeWords(tree, [...path, effect], rule[effect]) ?? [],
    resources: maybeWords(tree, [...path, "on"], rule.on) ?? [],
    who: rule.who === undefined ? undefined : readWho(tree, [...path, "who"], rule.who),
    condition:
      rule.if === undefined
        ? undefined
        : { value: rule.if, place: textPlaceAt(tree, [...path, "if"]) },
    id: maybeLocated(tree, [...path, "id"], rule.id),
    always: rule.always ?? false,
    reason: rule.reason,
    approval: readApproval(tree, path, rule),
  };
}

const APPROVAL_KEYS = ["by", "quorum", "within", "hold", "notify"] as const;

function readApproval(tree: Tree, path: Path, rule: RawRule): PolicyApproval | undefined {
  if (APPROVAL_KEYS.every((key) => rule[key] === undefined)) return undefined;
  return {
    by: maybeWords(tree, [...path, "by"], rule.by),
    quorum: maybeLocated(tree, [...path, "quorum"], rule.quorum),
    within: maybeLocated(tree, [...path, "within"], rule.within),
    hold: maybeLocated(tree, [...path, "hold"], rule.hold),
    notify: maybeWords(tree, [...path, "notify"], rule.notify),
  };
}

function readWho(tree: Tree, path: Path, who: RawWho): PolicyWho {
  return {
    place: keyPlaceAt(tree, path),
    agents: who.agents === undefined ? undefined : words(tree, [...path, "agents"], who.agents),
    tiers: typeof who.tiers === "string" ? [who.tiers] : who.tiers,
    roles: listOf(who.roles),
    groups: listOf(who.groups),
    scopes: listOf(who.scopes),
    claims: who.claims === undefined ? undefined : new Map(Object.entries(who.claims)),
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === "string" ? [value] : value;
}
