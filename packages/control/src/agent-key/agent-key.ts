/** An agent key as given outside: never the key itself, only what tells it from others. */
import { encodeId } from "@yolo/core/ids";
import { TOKEN_PREFIXES } from "@yolo/core/token-form";
import type { AgentKey as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";

/** A test key only ever reaches the built-in test model. */
export const agentKeyKind = z.enum(["live", "test"]);

export const AgentKey = z.strictObject({
  id: shownId("agentKey"),
  agentId: shownId("agent"),
  /** Who answers for what is done with it. */
  memberId: shownId("member"),
  kind: agentKeyKind,
  /** Null: it was given none. */
  name: z.string().nullable(),
  /** With `lastFour`, what tells it from others: `ylg_live_`. */
  prefix: z.string(),
  lastFour: z.string(),
  createdAt: shownMoment(),
  expiresAt: shownMoment().nullable(),
  revokedAt: shownMoment().nullable(),
  /** The key that this one took over from. */
  rotatedFrom: shownId("agentKey").nullable(),
});

export function showAgentKey(row: Row): z.output<typeof AgentKey> {
  const kind = agentKeyKind.parse(row.kind);
  return {
    id: encodeId("agentKey", row.id),
    agentId: encodeId("agent", row.agentId),
    memberId: encodeId("member", row.memberId),
    kind,
    name: row.name,
    prefix: TOKEN_PREFIXES[kind],
    lastFour: row.lastFour,
    createdAt: showMoment(row.createdAt),
    expiresAt: showMoment(row.expiresAt),
    revokedAt: showMoment(row.revokedAt),
    rotatedFrom: row.rotatedFrom === null ? null : encodeId("agentKey", row.rotatedFrom),
  };
}
