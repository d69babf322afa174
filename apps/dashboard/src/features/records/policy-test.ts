/** A record as a test in the form that policies hold (`tests:`), to be put there. */
import type { RecordDetail } from "./use-record.ts";

/** YAML, its values written as JSON. The action that stands first; what it was decided is what is expected. */
export function policyTestOf(record: RecordDetail): string {
  const [action] = record.actions;
  const [rule] = record.rules;
  const facts = action?.facts ?? {};
  const test = {
    name: `as in ${record.id}`,
    action: record.verb,
    on: record.resource,
    agent: record.agent.name ?? undefined,
    project: record.project.slug ?? undefined,
    tier: record.tier,
    facts: Object.keys(facts).length > 0 ? facts : undefined,
    expect: record.decision,
    rule: rule === undefined || rule.id.startsWith("line ") ? undefined : rule.id,
  };
  const lines = Object.entries(test)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value], index) => `${index === 0 ? "  - " : "    "}${name}: ${JSON.stringify(value)}`,
    );
  return `tests:\n${lines.join("\n")}\n`;
}
