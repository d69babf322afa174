/** The rows of what an agent may do in which every word sought stands, in its verb, resource, decision or rules. */
interface Row {
  readonly verb: string;
  readonly resource: string;
  readonly effect: string;
  readonly rules: readonly { readonly id: string; readonly policyName: string }[];
}

export function findRows<Found extends Row>(
  rows: readonly Found[],
  sought: string,
): readonly Found[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ verb, resource, effect, rules }) => {
    const names = rules.flatMap(({ id, policyName }) => [id, policyName]);
    const text = [verb, resource, effect, ...names].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
