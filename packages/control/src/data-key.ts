/** The org's data keys, opened for the length of one verb. */
import { AppError } from "@yolo/core/errors";
import { type DataKey, unwrapDataKey } from "@yolo/store/vault";
import type { Scope } from "./verb.ts";

/** Every version, the newest first. Throws `internal_error` when one cannot be opened. */
export async function allDataKeys({ transaction, orgId, secrets }: Scope): Promise<DataKey[]> {
  const rows = await transaction.dataKey.findMany({
    where: { orgId },
    orderBy: { version: "desc" },
  });
  return rows.map((row) =>
    unwrapDataKey(secrets.encryptionKeys, { ...row, wrapped: Buffer.from(row.wrapped) }),
  );
}

/** The one that seals. Throws `internal_error` when the org has none. */
export async function currentDataKey(scope: Scope): Promise<DataKey> {
  const [newest] = await allDataKeys(scope);
  if (newest !== undefined) return newest;
  throw new AppError("internal_error", {
    message: "This org cannot keep secrets at the moment.",
    detail: `org ${scope.orgId} has no data key`,
  });
}
