/** Revokes an API token: no request is answered under it once this has committed. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { ApiToken, showApiToken } from "./api-token.ts";

/** One's own. Doing it again changes nothing. Throws `not_found`, for another member's token too. */
export const revokeApiToken = verb({
  name: "api-token.revoke",
  permission: "api-tokens:write",
  input: z.strictObject({ id: idField("apiToken") }),
  output: ApiToken,
  async run({ actor, transaction, orgId, clock }, { id }) {
    const where = { orgId_id: { orgId, id } };
    const row = await transaction.apiToken.findUnique({ where });
    if (row === null || (actor.kind === "member" && row.memberId !== actor.memberId)) {
      throw new AppError("not_found", { message: "There is no API token with the id you sent." });
    }
    const before = showApiToken(row);
    if (row.revokedAt !== null) return { result: before, change: null };
    const data = { revokedAt: new Date(clock.now()) };
    const after = showApiToken(await transaction.apiToken.update({ where, data }));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
