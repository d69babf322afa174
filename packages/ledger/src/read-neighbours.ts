/** The records beside one in its session: what came before, and what was done next. */

import type { OrgTransaction } from "@yolo/store/prisma";
import { type RecordRow, readRecords } from "./read-records.ts";

export interface Neighbours {
  readonly previous: RecordRow | undefined;
  /** The next ones, in order. */
  readonly following: readonly RecordRow[];
}

export async function readNeighbours(
  transaction: OrgTransaction,
  { orgId, id, sessionId, most }: { orgId: string; id: string; sessionId: string; most: number },
): Promise<Neighbours> {
  const filter = { sessions: [sessionId] };
  const [previous] = await readRecords(transaction, { orgId, filter, before: id, limit: 1 });
  const newer = await readRecords(transaction, { orgId, filter, after: id, limit: most });
  return { previous, following: newer.reverse() };
}
