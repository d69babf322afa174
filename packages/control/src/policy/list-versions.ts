/** The versions of a policy, newest first, without their texts. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { memberNames } from "./member-names.ts";
import { PolicyVersion, showPolicyVersion } from "./policy.ts";

/** Throws `not_found`. */
export const listPolicyVersions = query({
  name: "policy.list-versions",
  permission: "policies:read",
  input: z.strictObject({ id: idField("policy") }),
  output: z.strictObject({ data: z.array(PolicyVersion) }),
  async run(scope, { id }) {
    await findPolicy(scope, id);
    const rows = await scope.transaction.policyVersion.findMany({
      where: { orgId: scope.orgId, policyId: id },
      omit: { text: true },
      orderBy: { version: "desc" },
    });
    const names = await memberNames(
      scope,
      rows.map(({ authorId }) => authorId),
    );
    return { data: rows.map((row) => showPolicyVersion(row, names)) };
  },
});
