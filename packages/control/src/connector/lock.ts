/** Holds a connector still: until the transaction ends nobody else changes it, nor any other of the org. */
import type { Scope } from "../verb.ts";

/**
 * By a write that alters nothing: the trigger of revisions locks the org with it. What is read afterwards stays true
 * until the commit. A connector that does not exist is not locked, and reading it then says so.
 */
export async function lockConnector(
  { transaction, orgId }: Pick<Scope, "transaction" | "orgId">,
  id: string,
): Promise<void> {
  await transaction.$executeRaw`UPDATE org.connectors SET name = name WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`;
}
