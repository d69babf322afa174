/**
 * The job behind a dry run: judges the records of a period under a draft, the newest first, batch by batch. Where it is
 * stands in the run's row, written together with what was found, so that whoever goes on counts nothing twice.
 */
import { emptyTally, Tally } from "@yolo/control/dry-run/tally";
import type { DryRun } from "@yolo/store/generated/prisma/client";
import type { DryRunOrder } from "@yolo/store/jobs";
import { inOrg, type OrgTransaction } from "@yolo/store/prisma";
import type { JobEnd } from "../../job-worker.ts";
import type { JobContext } from "../../registry.ts";
import { countRecords } from "./count-records.ts";
import type { DraftStack } from "./draft-stack.ts";
import { readDraftStack } from "./draft-stack.ts";
import { judgeBatch } from "./judge-batch.ts";

/** Returns when the run has ended, by whatever end, or when this process goes. A last attempt that fails marks it failed. */
export async function dryRun(order: DryRunOrder, context: JobContext): Promise<JobEnd> {
  try {
    const stack = await begin(order, context);
    if (stack === undefined) return "done";
    for (;;) {
      if (context.stopping.aborted) return "left_off";
      const isOver = await goOn(order, stack, context);
      if (isOver) return "done";
    }
  } catch (error) {
    if (context.isLast) await fail(order, context);
    throw error;
  }
}

/** Marks the run as running. Undefined: there is nothing to do. */
async function begin(
  { org, run }: DryRunOrder,
  { database, clock }: JobContext,
): Promise<DraftStack | undefined> {
  return inOrg(database, org, async (transaction) => {
    const row = await findRun(transaction, org, run);
    if (row === null || !isUnfinished(row)) return undefined;
    const total = row.total ?? (await countRecords(transaction, row));
    const { count } = await transaction.dryRun.updateMany({
      where: { orgId: org, id: run, state: { in: ["queued", "running"] } },
      data: { state: "running", total, touchedAt: new Date(clock.now()) },
    });
    return count === 0 ? undefined : readDraftStack(transaction, row);
  });
}

/** One batch. True: the run is over, because nothing is left or because somebody ended it. */
function goOn(
  { org, run }: DryRunOrder,
  stack: DraftStack,
  { database, secrets, clock }: JobContext,
): Promise<boolean> {
  return inOrg(database, org, async (transaction) => {
    const row = await findRun(transaction, org, run);
    if (row === null || row.state !== "running") return true;
    const tally = row.tally === null ? emptyTally() : Tally.parse(row.tally);
    const batch = await judgeBatch({ transaction, row, stack, secrets, clock }, tally);
    const now = new Date(clock.now());
    // Written only where this batch began and only while it runs: one who cancels, or another worker, comes first.
    const { count } = await transaction.dryRun.updateMany({
      where: { orgId: org, id: run, state: "running", cursor: row.cursor },
      data: {
        ...{ tally: batch.tally, cursor: batch.cursor, touchedAt: now },
        ...(batch.isLast && { state: "done", endedAt: now }),
      },
    });
    return batch.isLast || count === 0;
  });
}

async function fail({ org, run }: DryRunOrder, { database, clock }: JobContext): Promise<void> {
  const failure = "It failed on our side several times. Start it again.";
  await inOrg(database, org, (transaction) =>
    transaction.dryRun.updateMany({
      where: { orgId: org, id: run, state: { in: ["queued", "running"] } },
      data: { state: "failed", failure, endedAt: new Date(clock.now()) },
    }),
  );
}

function findRun(transaction: OrgTransaction, orgId: string, id: string): Promise<DryRun | null> {
  return transaction.dryRun.findUnique({ where: { orgId_id: { orgId, id } } });
}

function isUnfinished({ state }: DryRun): boolean {
  return state === "queued" || state === "running";
}
