/** The one place where an agent key comes into being: minted, its HMAC stored, its org noted in the directory. */
import { newId } from "@yolo/core/ids";
import { hashToken, mintToken } from "@yolo/identity/token";
import type { AgentKey } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

interface NewKey {
  readonly agentId: string;
  /** Who answers for it. */
  readonly memberId: string;
  readonly kind: "live" | "test";
  readonly name: string | null;
  readonly expiresAt: Date | null;
  readonly rotatedFrom: string | null;
}

/** The row, and the key itself, which is nowhere else. */
export async function mintAgentKey(
  { transaction, orgId, secrets: { peppers } }: Scope,
  fields: NewKey,
): Promise<{ readonly row: AgentKey; readonly key: string }> {
  const key = mintToken(fields.kind).reveal();
  const pepper = peppers.current;
  const hash = Uint8Array.from(hashToken(peppers, pepper, key));
  const id = newId();
  const lastFour = key.slice(-4);
  const row = await transaction.agentKey.create({
    data: { ...fields, orgId, id, hash, pepper, lastFour },
  });
  await transaction.agentKeyHash.create({ data: { hash, orgId, keyId: id } });
  return { row, key };
}
