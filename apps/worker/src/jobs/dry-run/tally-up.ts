/** What a decision that differs from the recorded one adds to a dry run's tally. */
import type { Tally, TallyGroup } from "@yolo/control/dry-run/tally";
import { type Decision, EFFECTS, type RuleReference } from "@yolo/core/decision";
import type { RecordRow } from "@yolo/ledger/read-records";
import { z } from "zod";

const GROUPS_MAX = 200;
const SAMPLES_MAX = 10;

const effects = z.object({ decision: z.enum(EFFECTS), would: z.enum(EFFECTS) });

/** Counts the record as judged and, where it changes, under the rule that makes the change. */
export function tallyUp(tally: Tally, record: RecordRow, decision: Decision): void {
  const { decision: was, would } = effects.parse(record);
  const isChanged = decision.effect !== was;
  tally.judged += 1;
  if (isChanged) {
    tally.changed += 1;
    add(tally, record, { counts: "enforced", from: was, to: decision.effect, decision });
  }
  const isSame = isChanged && would === was && decision.would === decision.effect;
  if (decision.would !== would && !isSame) {
    add(tally, record, { counts: "would", from: would, to: decision.would, decision });
  }
}

interface Change extends Pick<TallyGroup, "counts" | "from" | "to"> {
  readonly decision: Decision;
}

function add(tally: Tally, record: RecordRow, { decision, ...change }: Change): void {
  const { id } = record;
  const costMicros = Number(record.costMicros ?? 0);
  const [first] = change.counts === "enforced" ? decision.rules : decision.wouldRules;
  const rule = first === undefined ? null : ruleOf(first);
  const found = tally.groups.find((group) => isSameChange(group, { ...change, rule }));
  if (found !== undefined) {
    found.count += 1;
    found.costMicros += costMicros;
    if (found.samples.length < SAMPLES_MAX) found.samples.push(id);
  } else if (tally.groups.length < GROUPS_MAX) {
    const { explanation } = decision;
    tally.groups.push({ ...change, rule, explanation, count: 1, costMicros, samples: [id] });
  } else {
    tally.ungrouped += 1;
  }
}

function isSameChange(
  group: TallyGroup,
  { counts, from, to, rule }: Pick<TallyGroup, "counts" | "from" | "to" | "rule">,
): boolean {
  if (group.counts !== counts || group.from !== from || group.to !== to) return false;
  if (group.rule === null || rule === null) return group.rule === rule;
  return group.rule.policyId === rule.policyId && group.rule.line === rule.line;
}

function ruleOf({ policyId, version, id, line, reason }: RuleReference): TallyGroup["rule"] {
  return { policyId, version, id, line, ...(reason !== undefined && { reason }) };
}
