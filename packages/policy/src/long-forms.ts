/** What short forms stand for, to be shown beside them. */
import { VERB_FAMILIES } from "@yolo/core/verb-family";
import { checkLanguage } from "./check.ts";
import type { Place, Word } from "./issue.ts";
import type { ResolvedRule } from "./resolve.ts";
import { ResourceReader } from "./resource.ts";

export interface LongForm extends Place {
  /** As it stands in the text. */
  readonly written: string;
  /** What is matched; several where it has braces or stands after verbs of several families. */
  readonly means: readonly string[];
}

/** Each verb and resource of the text that is matched in another form than it is written. Never throws. */
export function longFormsIn(text: string): readonly LongForm[] {
  return checkLanguage(text).documents.flatMap(({ rules }) => {
    const reader = new ResourceReader();
    return rules.flatMap((resolved) => [
      ...verbForms(resolved),
      ...resolved.rule.resources.flatMap((word) => resourceForms(resolved, word, reader)),
    ]);
  });
}

function verbForms({ rule, heads }: ResolvedRule): LongForm[] {
  if (rule.verbs.length !== heads.length || rule.form === "sentence") return [];
  return rule.verbs.flatMap(({ value, place }, index) => {
    const long = heads[index]?.verb.text ?? value;
    return long === value ? [] : [{ ...place, written: value, means: [long] }];
  });
}

function resourceForms(
  { heads }: ResolvedRule,
  { value, place }: Word,
  reader: ResourceReader,
): LongForm[] {
  const means = new Set<string>();
  for (const { verb } of heads) {
    for (const family of verb.family === "*" ? VERB_FAMILIES : [verb.family]) {
      const result = reader.read(verb, family, value);
      if ("glob" in result) for (const text of result.glob.texts) means.add(text);
    }
  }
  means.delete(value);
  return means.size === 0 ? [] : [{ ...place, written: value, means: [...means] }];
}
