/** Published policies → an immutable engine, compiled once per version. A source with an error compiles to nothing. */
import { VERB_FAMILIES, type VerbFamily } from "@yolo/core/action";
import type { RuleReference } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { checkText } from "./check.ts";
import type {
  CompiledDocument,
  CompiledRule,
  ResourcePatterns,
  RuleHead,
} from "./compiled-rule.ts";
import type { PolicyDocument, PolicyRule } from "./document.ts";
import { createEngine, type Engine } from "./engine.ts";
import { ruleExplanation } from "./explanation.ts";
import { readResource } from "./resource.ts";
import { readVerb, type VerbPattern } from "./verb.ts";
import { agentTest, whoTest } from "./who.ts";

export type Layer = "org" | "project" | "agent";

/** One published version of one policy. */
export interface PolicySource {
  readonly policyId: string;
  readonly version: number;
  /** Where the policy was published. All layers are taken together: no order and no layer softens a rule. */
  readonly layer: Layer;
  readonly text: string;
}

/**
 * The engine that decides under all `sources` together.
 * Throws `policy_invalid` with the facts `{ issues }` (each with its `policyId`) when any source has an error.
 */
export function compilePolicy(sources: readonly PolicySource[]): Engine {
  const checked = sources.map((source) => ({ source, ...checkText(source.text) }));
  const issues = checked.flatMap(({ source, issues }) =>
    issues
      .filter(({ severity }) => severity === "error")
      .map((issue) => ({ policyId: source.policyId, ...issue })),
  );
  const [first] = issues;
  if (first !== undefined) {
    throw new AppError("policy_invalid", {
      message: `The policy has errors. Line ${first.line}: ${first.message}.`,
      facts: { issues },
    });
  }
  return compileDocuments(
    checked.flatMap(({ source, documents }) => documents.map((document) => ({ source, document }))),
  );
}

export interface DocumentSource {
  readonly source: Pick<PolicySource, "policyId" | "version">;
  readonly document: PolicyDocument;
}

/** The engine of documents that are known to be free of errors. */
export function compileDocuments(sources: readonly DocumentSource[]): Engine {
  let boundaries = 0;
  const documents: CompiledDocument[] = [];
  const rules: CompiledRule[] = [];
  for (const { source, document } of sources) {
    if (document.isBoundary) boundaries += 1;
    const compiled: CompiledDocument = {
      index: documents.length,
      group: document.isBoundary ? boundaries : 0,
      isEnforced: document.mode === "enforce",
      appliesTo: document.agents === undefined ? undefined : agentTest(document.agents),
    };
    documents.push(compiled);
    const compiler = new RuleCompiler(source, compiled);
    rules.push(
      ...compiler.userRules(document),
      ...document.rules.map((rule) => compiler.rule(rule)),
    );
  }
  return createEngine(documents, rules);
}

class RuleCompiler {
  readonly #source: DocumentSource["source"];
  readonly #document: CompiledDocument;

  constructor(source: DocumentSource["source"], document: CompiledDocument) {
    this.#source = source;
    this.#document = document;
  }

  /** `require: user` is a deny of everything for whoever has no verified user. */
  userRules(document: PolicyDocument): CompiledRule[] {
    const { requiresUser } = document;
    if (requiresUser === undefined) return [];
    const reference: RuleReference = {
      id: `line ${requiresUser.line}`,
      policyId: this.#source.policyId,
      version: this.#source.version,
      line: requiresUser.line,
      effect: "deny",
      reason: "A verified user is required.",
    };
    const everything = { value: "*", place: requiresUser };
    return [
      this.#compiled(reference, {
        isAlways: false,
        heads: headsOf([everything], []),
        who: (subject) => !subject.user.verified,
      }),
    ];
  }

  rule(rule: PolicyRule): CompiledRule {
    const reference: RuleReference = {
      id: rule.id?.value ?? `line ${rule.place.line}`,
      policyId: this.#source.policyId,
      version: this.#source.version,
      line: rule.place.line,
      effect: rule.effect,
      ...(rule.reason === undefined ? {} : { reason: rule.reason }),
    };
    return this.#compiled(reference, {
      isAlways: rule.always,
      heads: headsOf(rule.verbs, rule.resources),
      who: rule.who === undefined ? undefined : whoTest(rule.who),
    });
  }

  #compiled(
    reference: RuleReference,
    parts: Pick<CompiledRule, "heads" | "who"> & { readonly isAlways: boolean },
  ): CompiledRule {
    return {
      reference: Object.freeze(reference),
      document: this.#document,
      effect: reference.effect,
      isEnforced: this.#document.isEnforced || parts.isAlways,
      heads: parts.heads,
      who: parts.who,
      explanation: ruleExplanation(reference),
    };
  }
}

function headsOf(verbs: PolicyRule["verbs"], resources: PolicyRule["resources"]): RuleHead[] {
  return verbs.flatMap(({ value }) => {
    const result = readVerb(value);
    if ("problem" in result) return [];
    const { verb } = result;
    const families = verb.family === "*" ? VERB_FAMILIES : [verb.family];
    return [
      { verb, resources: new Map(families.map((f) => [f, resourcesOf(verb, f, resources)])) },
    ];
  });
}

function resourcesOf(
  verb: VerbPattern,
  family: VerbFamily,
  resources: PolicyRule["resources"],
): ResourcePatterns {
  if (resources.length === 0) return { texts: [], patterns: undefined };
  const globs = resources.flatMap(({ value }) => {
    const result = readResource(verb, family, value);
    return "glob" in result ? [result.glob] : [];
  });
  return {
    texts: globs.map(({ text }) => text),
    patterns: globs.flatMap(({ patterns }) => patterns),
  };
}
