/** Renames a connector. Where it leads is fixed for good: a kept credential is never pointed at another host. */
import { z } from "zod";
import { idField, slugField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Connector, showConnector } from "./connector.ts";
import { findLiveConnector } from "./find.ts";

/** Throws `not_found`, `conflict` when it is archived or the name is taken. */
export const renameConnector = verb({
  name: "connector.rename",
  permission: "connectors:write",
  input: z.strictObject({ id: idField("connector"), name: slugField() }),
  output: Connector,
  taken: "A connector with this name exists already.",
  async run(scope, { id, name }) {
    const { transaction, orgId } = scope;
    const row = await findLiveConnector(scope, id);
    const before = showConnector(row);
    if (row.name === name) return { result: before, change: null };
    await transaction.connector.update({
      where: { orgId_id: { orgId, id } },
      data: { name },
      omit: { credential: true },
    });
    const after = { ...before, name };
    return {
      result: after,
      change: { subject: after.id, before: { name: row.name }, after: { name } },
    };
  },
});
