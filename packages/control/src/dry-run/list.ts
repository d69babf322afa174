/** The dry runs of the org or of one policy, newest first. */
import { z } from "zod";
import { idField, limitField, shownId } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { DryRun, showDryRun } from "./dry-run.ts";

const input = z.strictObject({
  /** Of drafts that would be this policy's next version. */
  policyId: idField("policy").optional(),
  limit: limitField(),
  /** Only those that started before this one. */
  before: idField("dryRun").optional(),
});

export const listDryRuns = query({
  name: "dry-run.list",
  permission: "policies:read",
  input,
  output: z.strictObject({ data: z.array(DryRun), nextBefore: shownId("dryRun").nullable() }),
  async run({ transaction, orgId, clock }, { policyId, limit, before }) {
    const rows = await transaction.dryRun.findMany({
      where: {
        orgId,
        ...(policyId !== undefined && { policyId }),
        ...(before !== undefined && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return pageOf(
      rows.map((row) => showDryRun(row, clock.now())),
      limit,
    );
  },
});
