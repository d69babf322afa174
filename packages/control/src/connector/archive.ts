/** Archives a connector: its credential is gone at once and for good, and its name is free again. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Connector, showConnector } from "./connector.ts";
import { findLiveConnector } from "./find.ts";
import { lockConnector } from "./lock.ts";

const input = z.strictObject({
  id: idField("connector"),
  /** Its name, where it is the default: calls by live keys then have nowhere to go. */
  confirm: z.string().max(100).optional(),
});

/**
 * No other connector takes its place by itself: which credential pays is a person's choice. Calls under way go on.
 * Throws `not_found`; `conflict` when it is archived already, or is the default and not confirmed by its name.
 */
export const archiveConnector = verb({
  name: "connector.archive",
  permission: "connectors:write",
  input,
  output: Connector,
  async run(scope, { id, confirm }) {
    const { transaction, orgId, clock } = scope;
    await lockConnector(scope, id);
    const row = await findLiveConnector(scope, id);
    if (row.isDefault && confirm !== row.name) throw needsConfirmation(row.name, row.provider);
    const archived = await transaction.connector.update({
      where: { orgId_id: { orgId, id } },
      data: { archivedAt: new Date(clock.now()), credential: null, isDefault: false },
      omit: { credential: true },
    });
    const after = showConnector(archived);
    return { result: after, change: { subject: after.id, before: showConnector(row), after } };
  },
});

function needsConfirmation(name: string, provider: string): AppError {
  return new AppError("conflict", {
    message: `${name} is the connector that calls to ${provider} take. Without it, calls by live keys are refused until another one is the default. Send its name as confirm to archive it all the same.`,
    facts: { confirm: name },
  });
}
