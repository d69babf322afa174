/** A dry run as given outside. */
import { createHash } from "node:crypto";
import { EFFECTS } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { DryRun as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { policyLayer } from "../policy/policy.ts";
import { NEW_DRAFT } from "../policy/stack.ts";
import type { Scope } from "../verb.ts";
import { emptyTally, LEFT_OUT, Tally, type TallyGroup } from "./tally.ts";

export const STATES = ["queued", "running", "done", "failed", "cancelled"] as const;

/** A run that nobody has gone on with for so long has failed, whatever its row says. */
export const STALE_MS = 5 * 60_000;

const effect = z.enum(EFFECTS);

const Group = z.strictObject({
  /** `enforced`: what is done would change; `would`: only what documents in evaluate would have done. */
  counts: z.enum(["enforced", "would"]),
  from: effect,
  to: effect,
  /** The rule that makes the new decision; null: no rule does. */
  rule: z
    .strictObject({
      /** Null: the draft, where it is no policy yet. */
      policyId: shownId("policy").nullable(),
      isDraft: z.boolean(),
      version: z.int(),
      id: z.string(),
      line: z.int(),
      reason: z.string().optional(),
    })
    .nullable(),
  explanation: z.string(),
  count: z.int(),
  /** What these records cost, at list price, in micro-dollars; where it is known. */
  costMicros: z.int(),
  /** The newest records of the group, at most ten. */
  records: z.array(shownId("record")),
});

export const DryRun = z.strictObject({
  id: shownId("dryRun"),
  state: z.enum(STATES),
  /** Why it failed. */
  failure: z.string().nullable(),
  /** Where the draft would stand; `policyId` is null for a new policy. */
  draft: z.strictObject({
    policyId: shownId("policy").nullable(),
    layer: policyLayer,
    projectId: shownId("project").nullable(),
    agentId: shownId("agent").nullable(),
    /** SHA-256 of the text in UTF-8, in hex: tells whether this is about the text at hand. */
    textSha256: z.string(),
  }),
  startedAt: shownMoment(),
  since: shownMoment(),
  until: shownMoment(),
  startedBy: shownId("member").nullable(),
  endedAt: shownMoment().nullable(),
  progress: z.strictObject({
    /** Records of the org in the period; null while unknown, and beyond a million. */
    total: z.int().nullable(),
    passed: z.int(),
  }),
  /** Decided again under the draft, exactly. */
  judged: z.int(),
  changed: z.int(),
  /** About which the draft is, and which could not be decided exactly. */
  leftOut: z.array(
    z.strictObject({
      reason: z.enum(LEFT_OUT),
      count: z.int(),
      records: z.array(shownId("record")),
    }),
  ),
  /** What changes, the most frequent first. */
  groups: z.array(Group),
  /** Changed decisions beyond the most groups that are told apart. */
  ungrouped: z.int(),
});

export function showDryRun(row: Row, now: number): z.output<typeof DryRun> {
  const tally = row.tally === null ? emptyTally() : Tally.parse(row.tally);
  const isStale = isUnfinished(row) && isTouchedBefore(row, now - STALE_MS);
  return {
    id: encodeId("dryRun", row.id),
    state: isStale ? "failed" : z.enum(STATES).parse(row.state),
    failure: isStale
      ? "No worker has gone on with it for five minutes. Start it again."
      : row.failure,
    draft: {
      policyId: row.policyId === null ? null : encodeId("policy", row.policyId),
      layer: policyLayer.parse(row.layer),
      projectId: row.projectId === null ? null : encodeId("project", row.projectId),
      agentId: row.agentId === null ? null : encodeId("agent", row.agentId),
      textSha256: createHash("sha256").update(row.text).digest("hex"),
    },
    startedAt: showMoment(row.createdAt),
    since: showMoment(row.since),
    until: showMoment(row.until),
    startedBy: row.memberId === null ? null : encodeId("member", row.memberId),
    endedAt: showMoment(row.endedAt),
    progress: { total: row.total, passed: tally.passed },
    judged: tally.judged,
    changed: tally.changed,
    leftOut: LEFT_OUT.map((reason) => ({ reason, ...tally.leftOut[reason] }))
      .filter(({ count }) => count > 0)
      .map(({ reason, count, samples }) => ({ reason, count, records: samples.map(recordId) })),
    groups: tally.groups
      .toSorted((a, b) => b.count - a.count)
      .map((group) => showGroup(group, row.policyId ?? NEW_DRAFT)),
    ungrouped: tally.ungrouped,
  };
}

/** Throws `not_found`. */
export async function findDryRun({ transaction, orgId }: Scope, id: string): Promise<Row> {
  const row = await transaction.dryRun.findUnique({ where: { orgId_id: { orgId, id } } });
  if (row !== null) return row;
  throw new AppError("not_found", { message: "There is no dry run with the id you sent." });
}

export function isUnfinished({ state }: Pick<Row, "state">): boolean {
  return state === "queued" || state === "running";
}

function isTouchedBefore({ touchedAt }: Pick<Row, "touchedAt">, moment: number): boolean {
  return touchedAt.getTime() < moment;
}

function showGroup(
  { samples, rule, ...group }: TallyGroup,
  draftId: string,
): z.output<typeof Group> {
  return {
    ...group,
    rule:
      rule === null
        ? null
        : {
            ...rule,
            policyId: rule.policyId === NEW_DRAFT ? null : encodeId("policy", rule.policyId),
            isDraft: rule.policyId === draftId,
          },
    records: samples.map(recordId),
  };
}

function recordId(id: string): string {
  return encodeId("record", id);
}
