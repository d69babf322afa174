/** What a dry run has found so far, as it is stored. */
import { EFFECTS } from "@yolo/core/decision";
import { z } from "zod";

const effect = z.enum(EFFECTS);

/** Why a record was not judged: what decided it then is not known now. */
export const LEFT_OUT = ["arguments_not_kept", "payloads_not_permitted", "not_readable"] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** Records whose decision would change in the same way, by the same rule. */
const group = z.strictObject({
  /** `enforced`: what is done would change; `would`: only what documents in evaluate would have done. */
  counts: z.enum(["enforced", "would"]),
  from: effect,
  to: effect,
  /** The rule that makes the new decision; null: no rule (denied by default, or nothing is enforced). */
  rule: z
    .strictObject({
      /** A database id, or the draft's placeholder. */
      policyId: z.string(),
      version: z.int(),
      id: z.string(),
      line: z.int(),
      reason: z.string().optional(),
    })
    .nullable(),
  /** Of the first record of the group. */
  explanation: z.string(),
  count: z.int(),
  /** List price of these records in micro-dollars, where it is known. */
  costMicros: z.int().default(0),
  /** Database ids of the newest records. */
  samples: z.array(z.uuid()),
});

export const Tally = z.strictObject({
  v: z.literal(1),
  /** Records that were gone through, whether the draft is about them or not. */
  passed: z.int(),
  /** Those that the draft is about and that were decided again, exactly. */
  judged: z.int(),
  /** Of these, those for which something else would be enforced. */
  changed: z.int(),
  leftOut: z.record(
    z.enum(LEFT_OUT),
    z.strictObject({ count: z.int(), samples: z.array(z.uuid()) }),
  ),
  groups: z.array(group),
  /** Changes beyond the most groups that are kept. */
  ungrouped: z.int(),
});
export type Tally = z.output<typeof Tally>;
export type TallyGroup = z.output<typeof group>;

export function emptyTally(): Tally {
  const none = () => ({ count: 0, samples: [] });
  return {
    ...{ v: 1, passed: 0, judged: 0, changed: 0, groups: [], ungrouped: 0 },
    leftOut: {
      arguments_not_kept: none(),
      payloads_not_permitted: none(),
      not_readable: none(),
    },
  };
}
