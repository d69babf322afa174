/** Starts judging what is on record under a draft: which decisions it would change. */
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import type { JobQueue } from "@yolo/store/jobs";
import { inOrg } from "@yolo/store/prisma";
import { z } from "zod";
import { holds } from "../permissions.ts";
import { draftField, findDraft } from "../policy/draft.ts";
import { issuesOfText, refuseErrors } from "../policy/lint-text.ts";
import { meet, readStack } from "../policy/stack.ts";
import { type Scope, verb } from "../verb.ts";
import { DryRun, STALE_MS, showDryRun } from "./dry-run.ts";

const HOUR_MS = 3_600_000;
const PERIODS = { "24h": 24 * HOUR_MS, "7d": 7 * 24 * HOUR_MS, "30d": 30 * 24 * HOUR_MS };

/** Per org: a run is work for the workers of all. */
const UNFINISHED_MAX = 2;

const input = z.strictObject({
  draft: draftField,
  period: z.enum(["24h", "7d", "30d"]).default("24h"),
});

/**
 * Rules that look at arguments are judged only for those who may see payloads: whoever writes a condition learns
 * by it what is in them. Throws `policy_invalid`, `not_found`; `conflict` while two others are unfinished;
 * `unavailable` when no job can be ordered.
 */
export const startDryRun = verb({
  name: "dry-run.start",
  permission: "policies:write",
  input,
  output: DryRun,
  async run(scope, { draft: given, period }) {
    const { transaction, orgId, clock, actor } = scope;
    const jobs = requireJobs(scope);
    const { text, ...draft } = await findDraft(scope, given);
    refuseErrors(issuesOfText(text));
    await refuseTooMany(scope);
    const stack = await readStack(transaction, orgId, { text, ...draft });
    const beside = stack.filter((policy) => !policy.isDraft && meet(policy, draft));
    const now = new Date(clock.now());
    const row = await transaction.dryRun.create({
      data: {
        ...{ orgId, id: newId(), createdAt: now, touchedAt: now, text, ...draft },
        memberId: actor.kind === "member" ? actor.memberId : null,
        stack: beside.map(({ policyId, version }) => ({ policyId, version })),
        readsPayloads: holds(actor, "payloads:read"),
        since: new Date(clock.now() - PERIODS[period]),
        until: now,
      },
    });
    const shown = showDryRun(row, clock.now());
    return {
      result: shown,
      change: {
        subject: shown.id,
        before: null,
        after: { draft: shown.draft, period, readsPayloads: row.readsPayloads },
      },
      afterCommit: () => order(scope, jobs, row.id),
    };
  },
});

function requireJobs({ jobs }: Scope): JobQueue {
  if (jobs !== undefined) return jobs;
  throw new AppError("unavailable", {
    message: "No background job can be ordered here.",
    detail: "the context has no job queue",
  });
}

async function refuseTooMany({ transaction, orgId, clock }: Scope): Promise<void> {
  const unfinished = await transaction.dryRun.findMany({
    where: {
      ...{ orgId, state: { in: ["queued", "running"] } },
      touchedAt: { gte: new Date(clock.now() - STALE_MS) },
    },
    select: { id: true },
  });
  if (unfinished.length < UNFINISHED_MAX) return;
  const ids = unfinished.map(({ id }) => encodeId("dryRun", id));
  throw new AppError("conflict", {
    message: `${ids.length} dry runs are not finished yet (${ids.join(", ")}). Wait for one or cancel it.`,
    facts: { dryRuns: ids },
  });
}

/** A run that cannot be ordered has failed: nobody would ever go on with it. */
async function order(scope: Scope, jobs: JobQueue, id: string): Promise<void> {
  const { database, orgId, clock } = scope;
  try {
    await jobs.orderDryRun({ org: orgId, run: id });
  } catch (cause) {
    const failure = "It could not be ordered: our job queue did not answer.";
    await inOrg(database, orgId, (transaction) =>
      transaction.dryRun.updateMany({
        where: { orgId, id, state: "queued" },
        data: { state: "failed", failure, endedAt: new Date(clock.now()) },
      }),
    );
    throw new AppError("unavailable", {
      message: "Our job queue does not answer. Try again in a few seconds.",
      retryAfterSeconds: 5,
      cause,
    });
  }
}
