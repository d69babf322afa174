/** Reads and opens what was captured of a record's request and reply. */
import { AppError } from "@yolo/core/errors";
import type { OrgTransaction } from "@yolo/store/prisma";
import { type DataKey, open } from "@yolo/store/vault";

/** The one form that this release writes. */
const VERSION = 1;

export type PayloadPart = "request" | "reply";

export interface OpenedPayload {
  readonly part: PayloadPart;
  readonly at: Date;
  readonly bytes: Buffer;
}

/**
 * The request, then the reply, as far as they were captured.
 * Throws `internal_error` when one cannot be opened: it is never shown in part.
 */
export async function readPayloads(
  transaction: OrgTransaction,
  dataKeys: readonly DataKey[],
  { orgId, id }: { readonly orgId: string; readonly id: string },
): Promise<OpenedPayload[]> {
  const opened = await readPayloadsOf(transaction, dataKeys, { orgId, ids: [id] });
  return opened.get(id) ?? [];
}

/** As `readPayloads`, of several records; those of which nothing was captured are left out. */
export async function readPayloadsOf(
  transaction: OrgTransaction,
  dataKeys: readonly DataKey[],
  { orgId, ids }: { readonly orgId: string; readonly ids: readonly string[] },
): Promise<Map<string, OpenedPayload[]>> {
  const rows = await transaction.payload.findMany({
    where: { orgId, id: { in: [...ids] } },
    orderBy: [{ id: "asc" }, { part: "desc" }],
  });
  const opened = new Map<string, OpenedPayload[]>();
  for (const { id, v, part, at, sealed } of rows) {
    if (v !== VERSION || !isPart(part)) throw notReadable(`payload ${part} of version ${v}`);
    const bytes = open(dataKeys, { use: part, row: id }, Buffer.from(sealed));
    const before = opened.get(id) ?? [];
    opened.set(id, [...before, { part, at, bytes }]);
  }
  return opened;
}

function isPart(part: string): part is PayloadPart {
  return part === "request" || part === "reply";
}

function notReadable(detail: string): AppError {
  return new AppError("internal_error", {
    message: "A stored payload could not be read.",
    detail,
  });
}
