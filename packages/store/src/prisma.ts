/** The client of the control plane. Every touch of an org's rows goes through `inOrg`. */
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "./generated/prisma/client.ts";

export type Database = PrismaClient;
export type OrgTransaction = Prisma.TransactionClient;

const TRANSACTION_TIMEOUT_MS = 5_000;

/** A client with its own pool. `url` is that of the role `yolo_app`. */
export function connectDatabase(url: string): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
}

/**
 * One transaction whose row security scope is this org: it sees and writes that org's rows and no others.
 * Without it the database answers with an error.
 */
export function inOrg<Result>(
  database: Database,
  orgId: string,
  work: (transaction: OrgTransaction) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`SELECT set_config('yolo.org', ${orgId}, true)`;
      return work(transaction);
    },
    { timeout: TRANSACTION_TIMEOUT_MS },
  );
}
