/** One batch of a dry run: at most so many records, for at most so long. */
import type { LeftOut, Tally } from "@yolo/control/dry-run/tally";
import type { Action } from "@yolo/core/action";
import type { Clock } from "@yolo/core/clock";
import { lowestIdAt } from "@yolo/core/ids";
import { type RecordRow, readRecords } from "@yolo/ledger/read-records";
import type { DryRun } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";
import { type DataKey, open, unwrapDataKey } from "@yolo/store/vault";
import { endOf } from "./count-records.ts";
import type { AgentEngine, DraftStack } from "./draft-stack.ts";
import { isNotEmpty, needsArguments, readCall, withArguments } from "./recorded-call.ts";
import { tallyUp } from "./tally-up.ts";

export interface Batch {
  readonly tally: Tally;
  /** The oldest record that was gone through; null: none at all. */
  readonly cursor: string | null;
  readonly isLast: boolean;
}

export interface BatchWork {
  readonly transaction: OrgTransaction;
  readonly row: DryRun;
  readonly stack: DraftStack;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

const RECORDS_MAX = 250;
/** Well below the longest that a transaction may take. */
const BATCH_MS = 2_000;

/** `tally` is what was found before; it is added to in place and comes back. */
export async function judgeBatch(work: BatchWork, tally: Tally): Promise<Batch> {
  const { transaction, row, clock } = work;
  const { orgId, since, until } = row;
  const startedAt = clock.monotonicMs();
  const before = row.cursor ?? endOf(until);
  const rows = await readRecords(transaction, {
    ...{ orgId, before, limit: RECORDS_MAX, filter: {} },
  });
  const oldest = lowestIdAt(since.getTime());
  const payloads = payloadReader(work);
  let { cursor } = row;
  for (const record of rows) {
    if (record.id < oldest) return { tally, cursor, isLast: true };
    await judge(record, { ...work, payloads }, tally);
    tally.passed += 1;
    cursor = record.id;
    if (clock.monotonicMs() - startedAt > BATCH_MS) return { tally, cursor, isLast: false };
  }
  return { tally, cursor, isLast: rows.length < RECORDS_MAX };
}

async function judge(
  record: RecordRow,
  { row, stack, payloads }: BatchWork & { readonly payloads: PayloadReader },
  tally: Tally,
): Promise<void> {
  const deciding = stack.engineFor(record);
  if (deciding === undefined) return;
  const call = readCall(record);
  if (call === undefined) return leaveOut(tally, "not_readable", record);
  const actions = await actionsOf(record, call.actions, { row, deciding, payloads });
  if (typeof actions === "string") return leaveOut(tally, actions, record);
  if (!isNotEmpty(actions)) return leaveOut(tally, "not_readable", record);
  const moment = { now: call.at, usage: {} };
  tallyUp(tally, record, deciding.engine.decideAll(call.subject, actions, moment));
}

/** The actions with arguments where a rule looks at them, or why they cannot be had. */
async function actionsOf(
  { id }: RecordRow,
  actions: readonly Action[],
  {
    row,
    deciding,
    payloads,
  }: {
    readonly row: DryRun;
    readonly deciding: AgentEngine;
    readonly payloads: PayloadReader;
  },
): Promise<readonly Action[] | LeftOut> {
  if (!needsArguments(deciding.argumentRules, actions)) return actions;
  if (!row.readsPayloads) return "payloads_not_permitted";
  const payload = await payloads(id);
  if (payload === null) return "arguments_not_kept";
  return withArguments(actions, payload) ?? "not_readable";
}

/** The opened request of one record; null where none was kept. */
type PayloadReader = (id: string) => Promise<Buffer | null>;

/** One payload at a time is held: each may be as large as a request. */
function payloadReader({ transaction, row, secrets }: BatchWork): PayloadReader {
  const { orgId } = row;
  let keys: Promise<readonly DataKey[]> | undefined;
  async function readKeys(): Promise<readonly DataKey[]> {
    const rows = await transaction.dataKey.findMany({ where: { orgId } });
    return rows.map((stored) =>
      unwrapDataKey(secrets.encryptionKeys, { ...stored, wrapped: Buffer.from(stored.wrapped) }),
    );
  }
  return async (id) => {
    const stored = await transaction.payload.findUnique({
      where: { orgId_id_part: { orgId, id, part: "request" } },
    });
    if (stored === null) return null;
    keys ??= readKeys();
    return open(await keys, { use: "request", row: id }, Buffer.from(stored.sealed));
  };
}

const SAMPLES_MAX = 10;

function leaveOut(tally: Tally, reason: LeftOut, { id }: RecordRow): void {
  const left = tally.leftOut[reason];
  left.count += 1;
  if (left.samples.length < SAMPLES_MAX) left.samples.push(id);
}
