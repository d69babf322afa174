/** What a period used, in all and by agent. */
import { encodeId } from "@yolo/core/ids";
import { readUsage as readRows, type UsageRow } from "@yolo/ledger/read-usage";
import { z } from "zod";
import { line, showMoment, shownId, shownMoment } from "../fields.ts";
import { momentOf, pastField } from "../period.ts";
import { query } from "../verb.ts";
import { findAgentIds } from "./filter.ts";

const DAY_MS = 86_400_000;

const input = z.strictObject({
  /** The last 24 hours where it is left out. */
  since: pastField().optional(),
  until: pastField().optional(),
  /** An id, or a name. */
  agent: line(500).optional(),
  /** An id, or a slug. */
  project: line(500).optional(),
});

const sums = {
  calls: z.int(),
  /** Denied, or waiting for approval. */
  refused: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** List price in micro-dollars of the calls whose price is known. */
  costMicros: z.int(),
};

const output = z.strictObject({
  since: shownMoment(),
  until: shownMoment(),
  ...sums,
  /** The most expensive first. */
  byAgent: z.array(
    z.strictObject({
      agent: z.strictObject({ id: shownId("agent"), name: z.string().nullable() }),
      ...sums,
    }),
  ),
});

export const readUsage = query({
  name: "usage.read",
  permission: "usage:read",
  input,
  output,
  async run(scope, { since, until, ...who }) {
    const { transaction, orgId, clock } = scope;
    const now = clock.now();
    const period = {
      since: momentOf(since, now) ?? new Date(now - DAY_MS),
      until: momentOf(until, now) ?? new Date(now),
    };
    const rows = await readRows(transaction, {
      ...{ orgId, since: period.since, agents: await findAgentIds(scope, who) },
      // What is under way at this moment belongs to it, whichever clock its id was made by.
      until: until === undefined ? undefined : period.until,
    });
    return {
      since: showMoment(period.since),
      until: showMoment(period.until),
      ...showSums(rows),
      byAgent: rows.map((row) => ({
        agent: { id: encodeId("agent", row.agentId), name: row.agentName },
        ...showSums([row]),
      })),
    };
  },
});

function showSums(rows: readonly UsageRow[]) {
  const sum = (column: "calls" | "refused" | "inputTokens" | "outputTokens" | "costMicros") =>
    Number(rows.reduce((all, row) => all + row[column], 0n));
  return {
    calls: sum("calls"),
    refused: sum("refused"),
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    costMicros: sum("costMicros"),
  };
}
