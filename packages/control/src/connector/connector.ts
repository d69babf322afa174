/** A connector as given outside: everything but the credential, which never leaves again. */
import { encodeId } from "@yolo/core/ids";
import type { Connector as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { providerName } from "./providers.ts";

/** `vaulted`: the org's credential; `client_credential`: the developer's own, passed on and never stored. */
export const connectorMode = z.enum(["vaulted", "client_credential"]);

export const Connector = z.strictObject({
  id: shownId("connector"),
  name: z.string(),
  provider: providerName,
  baseUrl: z.string(),
  mode: connectorMode,
  /** Whether calls to this provider take it. */
  isDefault: z.boolean(),
  createdAt: shownMoment(),
  /** Since when its present credential is used; null where it keeps none. */
  credentialSince: shownMoment().nullable(),
  archivedAt: shownMoment().nullable(),
});

export function showConnector(row: Omit<Row, "credential">): z.output<typeof Connector> {
  return {
    id: encodeId("connector", row.id),
    name: row.name,
    provider: providerName.parse(row.provider),
    baseUrl: row.baseUrl,
    mode: connectorMode.parse(row.mode),
    isDefault: row.isDefault,
    createdAt: showMoment(row.createdAt),
    credentialSince: hasCredential(row) ? showMoment(row.rotatedAt ?? row.createdAt) : null,
    archivedAt: showMoment(row.archivedAt),
  };
}

/** The credential itself is never read for this: mode and state say whether there is one (a constraint holds it). */
function hasCredential({ mode, archivedAt }: Omit<Row, "credential">): boolean {
  return mode === "vaulted" && archivedAt === null;
}
