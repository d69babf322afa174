/** The sessions that a filter names: one of ours by `ses_…`, or those that clients gave this id of their own. */
import { decodeId, ID_PREFIXES } from "@yolo/core/ids";
import { findSessionsByLabel } from "@yolo/ledger/read-sessions";
import { line } from "../fields.ts";
import type { Scope } from "../verb.ts";

const OUR_ID = new RegExp(`^${ID_PREFIXES.session}_[0-9a-f]{32}$`);

/** Our id of a session, or the client's own. */
export function sessionField() {
  return line(500);
}

/** The UUIDs; empty when nothing has that name, undefined when nothing is asked. */
export async function findSessions(
  { transaction, orgId }: Scope,
  named: string | undefined,
): Promise<string[] | undefined> {
  if (named === undefined) return undefined;
  if (OUR_ID.test(named)) return [decodeId("session", named)];
  return findSessionsByLabel(transaction, orgId, named);
}
