/**
 * Ids: a UUID in the database, prefix + the same 32 hex digits outside.
 * Records use UUIDv7 (RFC 9562 §5.7), so that their order is their time and partitions prune.
 */
import { v4, v7 } from "uuid";
import { AppError } from "./errors.ts";

export const ID_PREFIXES = {
  org: "org",
  member: "mem",
  group: "grp",
  invitation: "inv",
  /** A browser of a person's, signed in. */
  personSession: "psn",
  project: "prj",
  agent: "agt",
  agentKey: "key",
  apiToken: "tok",
  connector: "con",
  policy: "pol",
  dryRun: "dry",
  record: "req",
  session: "ses",
  instance: "ins",
  change: "chg",
  apiRequest: "api",
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

/** A time-ordered id; strictly increasing within this process. */
export function newId(): string {
  return v7();
}

/** A time-ordered id of that moment, for what is recorded later than it happened. */
export function newIdAt(epochMs: number): string {
  return v7({ msecs: epochMs });
}

/** A random id whose first digits already tell it apart: for sessions, which people find by prefix. */
export function newRandomId(): string {
  return v4();
}

/** `newRecordId()` for a moment that all later ids of this process exceed: the lowest UUIDv7 of that millisecond. */
export function lowestIdAt(epochMs: number): string {
  const time = Math.max(0, Math.floor(epochMs)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `("record", "0190…-…")` → `req_0190…`, 32 hex digits after the prefix. */
export function encodeId(kind: IdKind, uuid: string): string {
  return `${ID_PREFIXES[kind]}_${uuid.replaceAll("-", "")}`;
}

/** The UUID inside an outside id. Throws `not_found` for anything else: a malformed id names nothing. */
export function decodeId(kind: IdKind, id: string): string {
  const prefix = `${ID_PREFIXES[kind]}_`;
  const hex = id.startsWith(prefix) ? id.slice(prefix.length) : "";
  const uuid = hex.length === 32 ? dashed(hex) : "";
  if (!UUID.test(uuid)) {
    throw new AppError("not_found", { message: `There is no ${kind} with the id you sent.` });
  }
  return uuid;
}

/** 16 bytes in hex, dashed as a UUID is. */
export function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
