/** The meaning of a policy, straight from the reference: every rule of every document is looked at, every time. */
import type { Action, Json } from "@yolo/core/action";
import type { Effect } from "@yolo/core/decision";
import type { PolicyDocument, PolicyRule, PolicyWho } from "../src/document.ts";
import type { Moment, Subject } from "../src/engine.ts";
import {
  globMatches,
  naiveGeneral,
  naiveGlobs,
  naiveResource,
  naiveVerb,
  naiveVerbMatches,
} from "./naive-spelling.ts";

export interface NaiveDecision {
  readonly effect: Effect;
  readonly would: Effect;
  /** Lines of the rules that made it. */
  readonly rules: readonly number[];
  readonly wouldRules: readonly number[];
  readonly labels: readonly string[];
}

export interface NaiveWorld {
  readonly subject: Subject;
  readonly action: Action;
  readonly moment: Moment;
  readonly labels: readonly string[];
}

/** What a condition's text means: a truth, or `undefined` where it cannot be evaluated. */
export type NaiveConditions = ReadonlyMap<string, (world: NaiveWorld) => boolean | undefined>;

const STRICTNESS: readonly Effect[] = ["allow", "approve", "deny"];

export function naiveDecide(
  documents: readonly PolicyDocument[],
  conditions: NaiveConditions,
  attempt: Omit<NaiveWorld, "labels">,
): NaiveDecision {
  const special = decideOne(documents, conditions, attempt);
  const general = naiveGeneral(attempt.action.verb);
  if (special === undefined) return NOTHING;
  if (general === undefined) return special;
  const action: Action = { ...attempt.action, verb: "git:push" };
  const other = decideOne(documents, conditions, { ...attempt, action }) ?? NOTHING;
  const effect = stricter(special.effect, other.effect);
  const would = stricter(special.would, other.would);
  const both = [special, other];
  return {
    effect,
    would,
    rules: unique(both.flatMap((d) => (d.effect === effect ? d.rules : []))),
    wouldRules: unique(both.flatMap((d) => (d.would === would ? d.wouldRules : []))),
    labels: [...new Set(both.flatMap((d) => d.labels))].sort(),
  };
}

const NOTHING: NaiveDecision = {
  effect: "deny",
  would: "deny",
  rules: [],
  wouldRules: [],
  labels: [],
};

function decideOne(
  documents: readonly PolicyDocument[],
  conditions: NaiveConditions,
  { subject, action: given, moment }: Omit<NaiveWorld, "labels">,
): NaiveDecision | undefined {
  const resource = naiveResource(given.verb, given.resource);
  if (resource === null) return undefined;
  const action: Action = { ...given, resource };
  const applying = documents.filter(({ agents }) =>
    isForAgent(
      agents?.map(({ value }) => value),
      subject,
    ),
  );
  const labels = labelsOf(applying, action);
  const world = { subject, action, moment, labels };
  const ordinary = applying.filter(({ isBoundary }) => !isBoundary);
  const boundaries = applying.filter(({ isBoundary }) => isBoundary);
  const groups = [ordinary, ...boundaries.map((boundary) => [boundary])];
  const matching = groups.map((group) =>
    group.map((document) => ({ document, matches: matchesIn(document, conditions, world) })),
  );
  const [enforced, would] = [judge(matching, "enforced"), judge(matching, "would")];
  return {
    effect: enforced.effect,
    would: would.effect,
    rules: enforced.rules,
    wouldRules: would.rules,
    labels,
  };
}

interface Matching {
  readonly document: PolicyDocument;
  readonly matches: readonly Match[];
}

/** The first group are the ordinary documents, each further one is a boundary. */
function judge(
  groups: readonly (readonly Matching[])[],
  view: "enforced" | "would",
): { readonly effect: Effect; readonly rules: readonly number[] } {
  const verdicts = groups.map((group) => {
    const counted = group.flatMap(({ document, matches }) =>
      matches.filter(({ always }) => view === "would" || always || document.mode === "enforce"),
    );
    const isShadow =
      group.length > 0 && group.every(({ document }) => document.mode === "evaluate");
    const base: Effect = view === "enforced" && isShadow ? "allow" : "deny";
    const strictestMatch = STRICTNESS.findLast((e) => counted.some(({ effect }) => effect === e));
    return { counted, effect: strictestMatch ?? base };
  });
  const effect = verdicts.map((verdict) => verdict.effect).reduce(stricter);
  const makers = effect === "allow" ? verdicts.slice(0, 1) : verdicts;
  const rules = makers.flatMap(({ counted }) => counted).filter((match) => match.effect === effect);
  return { effect, rules: unique(rules.map(({ line }) => line)) };
}

function matchesIn(
  document: PolicyDocument,
  conditions: NaiveConditions,
  world: NaiveWorld,
): readonly Match[] {
  const found: Match[] = document.rules
    .filter((rule) => isMatch(rule, conditions, world))
    .map((rule) => ({ effect: rule.effect, line: rule.place.line, always: rule.always }));
  const { requiresUser } = document;
  if (requiresUser !== undefined && !world.subject.user.verified) {
    found.push({ effect: "deny", line: requiresUser.line, always: false });
  }
  return found;
}

interface Match {
  readonly effect: Effect;
  readonly line: number;
  readonly always: boolean;
}

function isMatch(rule: PolicyRule, conditions: NaiveConditions, world: NaiveWorld): boolean {
  const { action, subject } = world;
  const family = action.verb.split(":")[0] ?? "";
  const isAbout = rule.verbs.some(
    ({ value }) =>
      naiveVerbMatches(value, action.verb) &&
      (rule.resources.length === 0 ||
        rule.resources.some((resource) =>
          naiveGlobs(value, family, resource.value).some((glob) =>
            globMatches(glob, action.resource, family === "aws"),
          ),
        )),
  );
  if (!isAbout || !isWho(rule.who, subject)) return false;
  if (rule.condition === undefined) return true;
  const truth = conditions.get(rule.condition.value)?.(world);
  return truth ?? rule.effect !== "allow";
}

function isForAgent(globs: readonly string[] | undefined, { agent }: Subject): boolean {
  return (
    globs === undefined ||
    globs.some((glob) =>
      globMatches(glob, glob.includes("/") ? `${agent.project}/${agent.name}` : agent.name, false),
    )
  );
}

function isWho(who: PolicyWho | undefined, subject: Subject): boolean {
  if (who === undefined) return true;
  const { user } = subject;
  const nobody = { roles: [], groups: [], scopes: [], claims: {} };
  const { roles, groups, scopes, claims } = user.verified ? user : nobody;
  const held: Readonly<Record<string, Json>> = claims;
  return (
    isForAgent(
      who.agents?.map(({ value }) => value),
      subject,
    ) &&
    (who.tiers === undefined || who.tiers.some((tier) => tier === subject.tier)) &&
    (who.roles === undefined || who.roles.some((role) => roles.some((has) => has === role))) &&
    (who.groups === undefined || who.groups.some((group) => groups.some((has) => has === group))) &&
    (who.scopes === undefined ||
      who.scopes.every((scope) => scopes.some((has) => has === scope))) &&
    (who.claims === undefined ||
      [...who.claims].every(([name, value]) => {
        const claim = Object.getOwnPropertyDescriptor(held, name)?.value;
        return Array.isArray(claim) ? claim.some((item) => item === value) : claim === value;
      }))
  );
}

function labelsOf(documents: readonly PolicyDocument[], action: Action): readonly string[] {
  const family = naiveVerb(action.verb).split(":")[0] ?? "";
  const stated = action.facts.labels;
  const labels = new Set(
    Array.isArray(stated) ? stated.filter((label) => typeof label === "string") : [],
  );
  for (const { label, resources } of documents.flatMap((document) => document.labels)) {
    const globs = resources.flatMap(({ value }) => naiveGlobs("*", family, value));
    if (globs.some((glob) => globMatches(glob, action.resource, family === "aws")))
      labels.add(label.value);
  }
  return [...labels].sort();
}

function stricter(a: Effect, b: Effect): Effect {
  return STRICTNESS.indexOf(a) > STRICTNESS.indexOf(b) ? a : b;
}

function unique(lines: readonly number[]): readonly number[] {
  return [...new Set(lines)].sort((a, b) => a - b);
}
