/** Documents that are free of errors → the engine that decides under them. */

import type { RuleReference } from "@yolo/core/decision";
import { VERB_FAMILIES } from "@yolo/core/verb-family";
import type { Compiled, CompiledDocument, CompiledRule, RuleHead } from "./compiled-rule.ts";
import { createEngine, type Engine } from "./engine.ts";
import { ruleExplanation } from "./explanation.ts";
import type { Place } from "./issue.ts";
import type { ResolvedDocument, ResolvedRule } from "./resolve.ts";
import { EVERY_VERB } from "./verb.ts";
import { agentTest, unverified, whoTest } from "./who.ts";

export interface DocumentSource {
  readonly source: { readonly policyId: string; readonly version: number };
  readonly resolved: ResolvedDocument;
}

/** The engine of documents that are free of errors. */
export function engineOf(sources: readonly DocumentSource[]): Engine {
  return createEngine(compileDocuments(sources));
}

export function compileDocuments(sources: readonly DocumentSource[]): Compiled {
  const documents: CompiledDocument[] = [];
  const rules: CompiledRule[] = [];
  let boundaries = 0;
  for (const { source, resolved } of sources) {
    const { document, labels } = resolved;
    if (document.isBoundary) boundaries += 1;
    const compiled: CompiledDocument = {
      index: documents.length,
      group: document.isBoundary ? boundaries : 0,
      isEnforced: document.mode === "enforce",
      appliesTo: document.agents === undefined ? undefined : agentTest(document.agents),
      labels,
    };
    documents.push(compiled);
    const { requiresUser } = document;
    const parts = resolved.rules.map((rule) => ruleParts(source, rule));
    if (requiresUser !== undefined) parts.unshift(userRule(source, requiresUser));
    for (const part of parts) rules.push(compileRule(part, compiled, rules.length));
  }
  return { documents, rules };
}

interface RuleParts extends Pick<CompiledRule, "reference" | "heads" | "who" | "condition"> {
  readonly isAlways: boolean;
}

function compileRule(parts: RuleParts, document: CompiledDocument, index: number): CompiledRule {
  const { reference, heads, who, condition, isAlways } = parts;
  return {
    index,
    reference,
    document,
    effect: reference.effect,
    isEnforced: document.isEnforced || isAlways,
    heads,
    who,
    condition,
    explanation: ruleExplanation(reference),
  };
}

const EVERYTHING: RuleHead = {
  verb: EVERY_VERB,
  resources: new Map(VERB_FAMILIES.map((family) => [family, { texts: [], patterns: undefined }])),
};

/** `require: user` is a deny of everything for whoever is not verified. */
function userRule({ policyId, version }: DocumentSource["source"], { line }: Place): RuleParts {
  const reference: RuleReference = {
    id: `line ${line}`,
    policyId,
    version,
    line,
    effect: "deny",
    reason: "A verified user is required.",
  };
  return { reference, heads: [EVERYTHING], who: unverified, condition: undefined, isAlways: false };
}

function ruleParts(
  { policyId, version }: DocumentSource["source"],
  { rule, heads, condition }: ResolvedRule,
): RuleParts {
  const { line } = rule.place;
  const reference: RuleReference = {
    id: rule.id?.value ?? `line ${line}`,
    policyId,
    version,
    line,
    effect: rule.effect,
    ...(rule.reason === undefined ? {} : { reason: rule.reason }),
  };
  const who = rule.who === undefined ? undefined : whoTest(rule.who);
  return { reference, heads, who, condition, isAlways: rule.always };
}
