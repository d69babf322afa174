/** Finds a connector that is not archived. */
import { AppError } from "@yolo/core/errors";
import type { Connector as Row } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** A connector's row without its credential. */
export type Stored = Omit<Row, "credential">;

/** Throws `not_found`, and `conflict` once it is archived. */
export async function findLiveConnector(
  { transaction, orgId }: Pick<Scope, "transaction" | "orgId">,
  id: string,
): Promise<Stored> {
  const row = await transaction.connector.findUnique({
    where: { orgId_id: { orgId, id } },
    omit: { credential: true },
  });
  if (row === null) {
    throw new AppError("not_found", { message: "There is no connector with the id you sent." });
  }
  if (row.archivedAt !== null) {
    throw new AppError("conflict", { message: `The connector ${row.name} is archived.` });
  }
  return row;
}
