/** Words → what they mean: verbs as patterns, resources in their long form, conditions type-checked; or why not. */
import { VERB_FAMILIES, type VerbFamily } from "@yolo/core/verb-family";
import type { CompiledLabel, ResourcePatterns, RuleHead } from "./compiled-rule.ts";
import { type Condition, compileCondition } from "./condition.ts";
import type { PolicyDocument, PolicyRule } from "./document.ts";
import { variablesFor } from "./facts.ts";
import type { GlobPattern } from "./glob.ts";
import { errorAt, ISSUES_MAX, type Issue, type Place, type Word } from "./issue.ts";
import { type ResourceGlob, ResourceReader } from "./resource.ts";
import { EVERY_VERB, readVerb, type VerbPattern, type VerbResult } from "./verb.ts";

export interface ResolvedDocument {
  readonly document: PolicyDocument;
  readonly rules: readonly ResolvedRule[];
  readonly labels: readonly CompiledLabel[];
}

export interface ResolvedRule {
  readonly rule: PolicyRule;
  readonly heads: readonly RuleHead[];
  readonly condition: Condition | undefined;
}

export interface Resolution {
  readonly resolved: ResolvedDocument;
  readonly issues: readonly Issue[];
}

/** What the document means; where there are issues, without what they are about. */
export function resolveDocument(document: PolicyDocument): Resolution {
  const resolver = new Resolver(document);
  const rules = document.rules.map((rule) => resolver.rule(rule));
  const labels = document.labels.map(({ label, resources }) => ({
    label: label.value,
    resources: resolver.resources(EVERY_VERB, resources),
  }));
  for (const { sum, of } of document.volumes) resolver.sum(sum, of);
  return { resolved: { document, rules, labels }, issues: resolver.issues };
}

/** Most text of all conditions of a document, in UTF-16 units. */
const CONDITIONS_MAX = 32 * 1024;

class Resolver {
  readonly issues: Issue[] = [];
  readonly #volumes: readonly string[];
  readonly #reader = new ResourceReader();
  readonly #known = new Map<string, VerbResult>();
  readonly #mayCondition: boolean;

  constructor({ volumes, rules }: PolicyDocument) {
    this.#volumes = volumes.map(({ name }) => name.value);
    let length = 0;
    const excess = rules.find(({ condition }) => {
      length += condition?.value.length ?? 0;
      return length > CONDITIONS_MAX;
    });
    this.#mayCondition = excess === undefined;
    if (excess?.condition !== undefined) {
      const message = `more than ${CONDITIONS_MAX} characters of conditions`;
      this.#refuse(excess.condition.place, "too_many_conditions", message);
    }
  }

  rule(rule: PolicyRule): ResolvedRule {
    if (this.issues.length >= ISSUES_MAX) return { rule, heads: [], condition: undefined };
    const verbs = this.#verbs(rule.verbs);
    return {
      rule,
      heads: verbs.map((verb) => ({ verb, resources: this.resources(verb, rule.resources) })),
      condition: rule.condition && this.#condition(rule.condition, verbs),
    };
  }

  /** A counter adds up a number that the counted actions state. */
  sum(sum: Word, of: readonly Word[]): void {
    const asCondition = { ...sum, value: `(${sum.value}) >= 0` };
    this.#condition(asCondition, this.#verbs(of));
  }

  /** After `*` a resource need only be one in some family; in the others nothing has such a name. */
  resources(
    verb: VerbPattern,
    resources: readonly Word[],
  ): ReadonlyMap<VerbFamily, ResourcePatterns> {
    const families = verb.family === "*" ? VERB_FAMILIES : [verb.family];
    if (resources.length === 0) {
      return new Map(families.map((family) => [family, { texts: [], patterns: undefined }]));
    }
    const byFamily = new Map(families.map((family) => [family, new ResourceList()]));
    for (const { value, place } of resources) {
      if (this.issues.length >= ISSUES_MAX) break;
      let problem: string | undefined;
      let isKnown = false;
      for (const [family, list] of byFamily) {
        const result = this.#reader.read(verb, family, value);
        if ("problem" in result) problem ??= result.problem;
        else {
          list.add(result.glob);
          isKnown = true;
        }
      }
      if (!isKnown) this.#refuse(place, "wrong_resource", problem ?? "not a resource");
    }
    return byFamily;
  }

  #verbs(words: readonly Word[]): VerbPattern[] {
    return words.flatMap(({ value, place }) => {
      const result = this.#known.get(value) ?? readVerb(value);
      this.#known.set(value, result);
      if ("verb" in result) return [result.verb];
      this.#refuse(place, "unknown_verb", result.problem);
      return [];
    });
  }

  #condition({ value, place }: Word, verbs: readonly VerbPattern[]): Condition | undefined {
    if (!this.#mayCondition) return undefined;
    const result = compileCondition(value, variablesFor(verbs, this.#volumes));
    if ("condition" in result) return result.condition;
    for (const { offset, message } of result.problems) {
      this.#refuse(placeWithin(place, offset), "wrong_condition", message);
    }
    return undefined;
  }

  #refuse(place: Place, code: string, message: string): void {
    this.issues.push(errorAt(place, code, message));
  }
}

class ResourceList implements ResourcePatterns {
  readonly texts: string[] = [];
  readonly patterns: GlobPattern[] = [];

  add({ texts, patterns }: ResourceGlob): void {
    this.texts.push(...texts);
    this.patterns.push(...patterns);
  }
}

/** Where in a text on one line the character at `offset` stands; the whole text's place where it has several lines. */
function placeWithin(place: Place, offset: number): Place {
  if (place.line !== place.endLine || place.column + offset >= place.endColumn) return place;
  return { ...place, column: place.column + offset, endColumn: place.column + offset + 1 };
}
