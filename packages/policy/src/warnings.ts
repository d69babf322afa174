/** What is legal and probably not meant; shown before publishing, to be acknowledged. */
import type { Dialect } from "./automaton.ts";
import { AWS_SERVICES } from "./aws-services.ts";
import type { RuleHead } from "./compiled-rule.ts";
import type { PolicyDocument } from "./document.ts";
import { covers } from "./glob-cover.ts";
import { type Issue, warningAt } from "./issue.ts";
import { nearestWord } from "./nearest-word.ts";
import type { ResolvedDocument, ResolvedRule } from "./resolve.ts";

/** The warnings of documents that are free of errors. */
export function warningsOf(documents: readonly ResolvedDocument[]): Issue[] {
  const denials = new Denials(documents);
  return documents.flatMap(({ document, rules }) =>
    rules.flatMap((rule) => [
      ...allowsEverything(rule),
      ...unknownServices(rule),
      ...neverMatches(rule, document),
      ...reliesOnUnverified(rule, document),
      ...denials.shadowing(rule, document),
    ]),
  );
}

function isUnconditionalDenial({ rule }: ResolvedRule): boolean {
  return rule.effect === "deny" && rule.who === undefined && rule.condition === undefined;
}

function allowsEverything({ rule }: ResolvedRule): Issue[] {
  const { effect, verbs, resources, who, condition, place } = rule;
  const isEverywhere = resources.length === 0 || resources.some(({ value }) => value === "**");
  const isEverything = verbs.some(({ value }) => value === "*") && isEverywhere;
  if (effect !== "allow" || !isEverything || who !== undefined || condition !== undefined)
    return [];
  return [warningAt(place, "allows_everything", "this rule allows everything")];
}

/** New services appear; a misspelt one matches nothing, and a deny of it protects nothing. */
function unknownServices({ rule, heads }: ResolvedRule): Issue[] {
  return heads.flatMap(({ verb }) => {
    const [family = "", service = ""] = verb.key.split(":");
    if (family !== "aws" || service.includes("*") || service.includes("?")) return [];
    if (AWS_SERVICES.has(service)) return [];
    const meant = nearestWord(service, AWS_SERVICES);
    const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    return [warningAt(rule.place, "unknown_service", `unknown AWS service \`${service}\`${hint}`)];
  });
}

/** A rule for agents that its document is not for, or whose condition looks at nothing. */
function neverMatches({ rule, condition }: ResolvedRule, { agents }: PolicyDocument): Issue[] {
  const found: Issue[] = [];
  const named = rule.who?.agents?.map(({ value }) => value) ?? [];
  const selected = agents?.map(({ value }) => value) ?? [];
  const areLiteral = [...named, ...selected].every((name) => !/[*?{]/.test(name));
  const areBoth = named.length > 0 && selected.length > 0;
  if (areBoth && areLiteral && !named.some((name) => selected.includes(name))) {
    const message = "this rule can never match: the document is for other agents";
    found.push(warningAt(rule.who?.place ?? rule.place, "never_matches", message));
  }
  if (rule.condition !== undefined && condition?.reads.size === 0) {
    const message = "this condition looks at nothing, so it always or never holds";
    found.push(warningAt(rule.condition.place, "constant_condition", message));
  }
  return found;
}

/** A deny or an approve that rests on claims does not meet whoever makes none. */
function reliesOnUnverified(
  { rule, condition }: ResolvedRule,
  { requiresUser }: PolicyDocument,
): Issue[] {
  const { effect, who } = rule;
  if (effect === "allow" || requiresUser !== undefined) return [];
  const isClaimed = [who?.roles, who?.groups, who?.scopes, who?.claims].some(
    (part) => part !== undefined,
  );
  const isRead = [...(condition?.reads ?? [])].some((read) =>
    /^user\.(\*|roles|groups|scopes|claims)$/.test(read),
  );
  if (!isClaimed && !isRead) return [];
  const place = isClaimed ? who?.place : rule.condition?.place;
  const message = `a user who is not verified has no roles, groups, scopes or claims, so this \`${effect}\` does not meet them; add \`require: user\``;
  return [warningAt(place ?? rule.place, "unverified_user", message)];
}

interface Denial {
  readonly denial: ResolvedRule;
  readonly document: PolicyDocument;
}

/** Most pairs of globs that are compared; each costs the product of their lengths at most. */
const COMPARED_MAX = 20_000;

/** The denies without a condition, before which other rules may never decide. */
class Denials {
  readonly #denials: readonly Denial[];
  #compared = 0;

  constructor(documents: readonly ResolvedDocument[]) {
    this.#denials = documents.flatMap(({ document, rules }) =>
      rules.filter(isUnconditionalDenial).map((denial) => ({ denial, document })),
    );
  }

  /** Of an allow or an approve: that a deny always overrides it; of the first one too many, that nobody looks any more. */
  shadowing(resolved: ResolvedRule, document: PolicyDocument): Issue[] {
    const { rule } = resolved;
    if (rule.effect === "deny" || this.#compared > COMPARED_MAX) return [];
    const found = this.#denials.find(
      (candidate) =>
        isInForceFor(candidate, document) && this.#coversRule(candidate.denial, resolved),
    );
    if (this.#compared > COMPARED_MAX) {
      const message =
        "too many rules and denies: from here on none is looked at for a deny that covers it";
      return [warningAt(rule.place, "not_compared", message)];
    }
    if (found === undefined) return [];
    const message = `this rule never decides: the deny on line ${found.denial.rule.place.line} covers it`;
    return [warningAt(rule.place, "shadowed", message)];
  }

  #coversRule(general: ResolvedRule, special: ResolvedRule): boolean {
    return special.heads.every((head) =>
      general.heads.some((denied) => this.#coversHead(denied, head)),
    );
  }

  #coversHead(general: RuleHead, special: RuleHead): boolean {
    if (!this.#covers(general.verb.key, special.verb.key, "crossing")) return false;
    return [...special.resources].every(([family, { texts, patterns }]) => {
      const denied = general.resources.get(family);
      if (denied === undefined) return false;
      if (denied.patterns === undefined || denied.texts.includes("**")) return true;
      if (patterns === undefined) return false;
      const dialect = family === "aws" ? "crossing" : "segments";
      return texts.every((text) => denied.texts.some((wide) => this.#covers(wide, text, dialect)));
    });
  }

  /** Texts without a wildcard in front cost nothing to tell apart. */
  #covers(general: string, special: string, dialect: Dialect): boolean {
    if (this.#compared > COMPARED_MAX) return false;
    const literal = general.slice(0, general.search(/[*?]|$/));
    if (!special.startsWith(literal)) return false;
    this.#compared += 1 + (general.length * special.length) / 1_000;
    return covers(general, special, dialect);
  }
}

/** Whether the deny counts wherever the document's rules do. */
function isInForceFor({ denial, document: other }: Denial, document: PolicyDocument): boolean {
  if (other === document) return true;
  if (other.agents !== undefined || other.isBoundary) return false;
  return denial.rule.always || other.mode === "enforce" || document.mode === "evaluate";
}
