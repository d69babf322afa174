/** An agent by its id. */
import { AppError } from "@yolo/core/errors";
import type { Agent } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`. */
export async function findAgent({ transaction, orgId }: Scope, id: string): Promise<Agent> {
  const agent = await transaction.agent.findUnique({ where: { orgId_id: { orgId, id } } });
  if (agent !== null) return agent;
  throw new AppError("not_found", { message: "There is no agent with the id you sent." });
}

/** Throws `not_found`, or `conflict` when it is archived. */
export async function findLiveAgent(scope: Scope, id: string): Promise<Agent> {
  const agent = await findAgent(scope, id);
  if (agent.archivedAt === null) return agent;
  throw new AppError("conflict", { message: `The agent ${agent.name} is archived.` });
}
