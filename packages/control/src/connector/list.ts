/** The org's connectors, by name; never a credential. */
import { z } from "zod";
import { query } from "../verb.ts";
import { Connector, showConnector } from "./connector.ts";

export const listConnectors = query({
  name: "connector.list",
  permission: "connectors:read",
  input: z.strictObject({}),
  output: z.strictObject({ data: z.array(Connector) }),
  async run({ transaction, orgId }) {
    const rows = await transaction.connector.findMany({
      where: { orgId },
      omit: { credential: true },
      orderBy: { name: "asc" },
    });
    return { data: rows.map(showConnector) };
  },
});
