/** Words that are understood and that no part of this version enforces: a policy that uses one is not published. */
import type { PolicyRule } from "./document.ts";
import type { Word } from "./issue.ts";
import type { ResolvedDocument, ResolvedRule } from "./resolve.ts";

export function unsupportedWords({ document, rules }: ResolvedDocument): Word[] {
  const { volumes, limits, content, tests } = document;
  return [
    ...volumes.slice(0, 1).map(({ name }) => ({ value: "volumes", place: name.place })),
    ...limits.slice(0, 1).map(({ place }) => ({ value: "limits", place })),
    ...content.slice(0, 1).map(({ place }) => ({ value: "content", place })),
    ...tests
      .filter(({ usage }) => Object.keys(usage).length > 0)
      .map(({ name }) => ({ value: "usage", place: name.place })),
    ...rules.flatMap((resolved) => [...approvalWords(resolved.rule), ...conditionWords(resolved)]),
  ];
}

function approvalWords({ approval }: PolicyRule): Word[] {
  if (approval === undefined) return [];
  const { by, quorum, within, hold, notify } = approval;
  const words = { by: by?.[0], quorum, within, hold, notify: notify?.[0] };
  return Object.entries(words).flatMap(([value, word]) =>
    word === undefined ? [] : [{ value, place: word.place }],
  );
}

/** Counters and findings are not told to the engine yet. */
function conditionWords({ rule, condition }: ResolvedRule): Word[] {
  const reads = [...(condition?.reads ?? [])];
  return ["usage", "content"]
    .filter((variable) => reads.some((read) => read.startsWith(`${variable}.`)))
    .map((variable) => ({
      value: `${variable}.*`,
      place: rule.condition?.place ?? rule.place,
    }));
}
