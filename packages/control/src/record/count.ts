/** How many records match, by decision and by agent: exact up to a bound that the answer names. */
import { EFFECTS } from "@yolo/core/decision";
import { encodeId } from "@yolo/core/ids";
import { type CountRow, countRecords as readCounts } from "@yolo/ledger/read-counts";
import { z } from "zod";
import { shownId } from "../fields.ts";
import { query } from "../verb.ts";
import { recordFilter, recordFilterFields } from "./filter.ts";

/** What more would say to a person; and finding so many is quick, whatever is asked. */
const BOUND = 10_000;

const output = z.strictObject({
  /** At most `bound`. */
  total: z.int(),
  /** False: there are more than `bound`, and no parts are given. */
  isExact: z.boolean(),
  bound: z.int(),
  byDecision: z.strictObject({ allow: z.int(), approve: z.int(), deny: z.int() }).nullable(),
  /** The busiest first. */
  byAgent: z
    .array(
      z.strictObject({
        agent: z.strictObject({ id: shownId("agent"), name: z.string().nullable() }),
        count: z.int(),
      }),
    )
    .nullable(),
});

export const countRecords = query({
  name: "record.count",
  permission: "records:read",
  input: z.strictObject(recordFilterFields),
  output,
  async run(scope, filters) {
    const { transaction, orgId } = scope;
    const filter = await recordFilter(scope, filters);
    const rows = await readCounts(transaction, { orgId, filter, bound: BOUND });
    const total = sum(rows);
    if (total > BOUND) {
      return { total: BOUND, isExact: false, bound: BOUND, byDecision: null, byAgent: null };
    }
    const names = await transaction.agent.findMany({
      where: { orgId, id: { in: rows.map(({ agentId }) => agentId) } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(names.map(({ id, name }) => [id, name]));
    const [allow = 0, approve = 0, deny = 0] = EFFECTS.map((effect) =>
      sum(rows.filter(({ decision }) => decision === effect)),
    );
    const byAgent = [...Map.groupBy(rows, ({ agentId }) => agentId)]
      .map(([id, ofAgent]) => ({
        agent: { id: encodeId("agent", id), name: nameOf.get(id) ?? null },
        count: sum(ofAgent),
      }))
      .sort((a, b) => b.count - a.count);
    return { total, isExact: true, bound: BOUND, byDecision: { allow, approve, deny }, byAgent };
  },
});

function sum(rows: readonly CountRow[]): number {
  return rows.reduce((all, { count }) => all + Number(count), 0);
}
