/** An agent key by its id. */
import { AppError } from "@yolo/core/errors";
import type { AgentKey } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`. */
export async function findAgentKey({ transaction, orgId }: Scope, id: string): Promise<AgentKey> {
  const key = await transaction.agentKey.findUnique({ where: { orgId_id: { orgId, id } } });
  if (key !== null) return key;
  throw new AppError("not_found", { message: "There is no agent key with the id you sent." });
}
