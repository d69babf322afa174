/** Published policies → an immutable engine, compiled once per version. A source with an error compiles to nothing. */
import { AppError } from "@yolo/core/errors";
import { checkText } from "./check.ts";
import { type DocumentSource, engineOf } from "./compile-documents.ts";
import type { Engine } from "./engine.ts";

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
  return engineOf(resolveSources(sources));
}

/** What the sources mean, document by document. Throws like `compilePolicy`. */
export function resolveSources(sources: readonly PolicySource[]): readonly DocumentSource[] {
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
  return checked.flatMap(({ source, documents }) =>
    documents.map((resolved) => ({ source, resolved })),
  );
}
