/** One's own API tokens, newest first, revoked and expired ones included. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { ApiToken, showApiToken } from "./api-token.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only tokens older than this one. */
  before: idField("apiToken").optional(),
});

/** Throws `forbidden` for the system, which has none. */
export const listApiTokens = query({
  name: "api-token.list",
  permission: "api-tokens:read",
  input,
  output: z.strictObject({ data: z.array(ApiToken), nextBefore: ApiToken.shape.id.nullable() }),
  async run({ actor, transaction, orgId }, { limit, before }) {
    if (actor.kind === "system") {
      throw new AppError("forbidden", { message: "API tokens belong to members." });
    }
    const rows = await transaction.apiToken.findMany({
      where: {
        orgId,
        memberId: actor.memberId,
        ...(before !== undefined && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return pageOf(rows.map(showApiToken), limit);
  },
});
