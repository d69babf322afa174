/** The sessions that a name means: one of ours by `ses_…`, those that clients gave it, or those it begins. */
import { decodeId, ID_PREFIXES } from "@yolo/core/ids";
import { findSessionsByName } from "@yolo/ledger/read-sessions";
import { line } from "../fields.ts";
import type { Scope } from "../verb.ts";

const OUR_ID = new RegExp(`^${ID_PREFIXES.session}_[0-9a-f]{32}$`);
/** Fewer digits would name half of all sessions. */
const HEX_PREFIX = /^(?:ses_)?([0-9a-f]{8}[0-9a-f-]{0,28})$/i;
const FOUND_MAX = 100;

/** Our id of a session, the client's own, or the first 8 hex digits or more of either. */
export function sessionField() {
  return line(500);
}

/** The UUIDs, the newest first; empty when nothing has that name, undefined when nothing is asked. */
export async function findSessions(
  { transaction, orgId }: Pick<Scope, "transaction" | "orgId">,
  named: string | undefined,
): Promise<string[] | undefined> {
  if (named === undefined) return undefined;
  if (OUR_ID.test(named)) return [decodeId("session", named)];
  const name = { orgId, label: named, prefix: hexPrefix(named), most: FOUND_MAX };
  return findSessionsByName(transaction, name);
}

/** The hex digits that a session's id may begin with, in lower case; null when the name cannot be such. */
export function hexPrefix(named: string): string | null {
  const digits = HEX_PREFIX.exec(named)?.[1]?.replaceAll("-", "").toLowerCase();
  return digits === undefined || digits.length > 32 ? null : digits;
}
