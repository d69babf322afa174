/** Labels that a resource carries: declared by the documents that apply, or stated with the action. */
import type { Action } from "@yolo/core/action";
import type { CompiledDocument } from "./compiled-rule.ts";
import { matchesAny } from "./glob.ts";
import type { Selection } from "./selection.ts";
import { familyOf, isFamily } from "./verb.ts";

const NONE: readonly string[] = [];

/** The labels of the action's resource, sorted, each once. */
export function labelsOf(context: {
  readonly action: Action;
  readonly documents: readonly CompiledDocument[];
  readonly selection: Selection;
}): readonly string[] {
  const { action, documents, selection } = context;
  const family = familyOf(action.verb);
  const { labels: stated } = action.facts;
  let found: Set<string> | undefined;
  if (Array.isArray(stated)) {
    found = new Set(stated.filter((label) => typeof label === "string"));
  }
  for (const { index, labels } of documents) {
    if (labels.length === 0 || !selection.applies[index] || !isFamily(family)) continue;
    for (const { label, resources } of labels) {
      const patterns = resources.get(family)?.patterns;
      if (patterns === undefined || !matchesAny(patterns, action.resource)) continue;
      found ??= new Set();
      found.add(label);
    }
  }
  return found === undefined ? NONE : [...found].sort();
}
