/** The org's policies, by name, without their texts. */
import { z } from "zod";
import { query } from "../verb.ts";
import { Policy, showPolicy } from "./policy.ts";

export const listPolicies = query({
  name: "policy.list",
  permission: "policies:read",
  input: z.strictObject({}),
  output: z.strictObject({ data: z.array(Policy) }),
  async run({ transaction, orgId }) {
    const rows = await transaction.policy.findMany({ where: { orgId }, orderBy: { name: "asc" } });
    return { data: rows.map(showPolicy) };
  },
});
