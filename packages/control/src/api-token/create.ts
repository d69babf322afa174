/** Makes a member's bearer token for the public API. The token is in the answer, once; only its HMAC is stored. */
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { hashToken, mintToken } from "@yolo/identity/token";
import { z } from "zod";
import { idField, momentField, nameField, showMoment, shownId, shownMoment } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { verb } from "../verb.ts";

const input = z.strictObject({
  name: nameField(),
  /** Left out or null: it does not expire. */
  expiresAt: momentField().nullable().default(null),
  /** Whose token it is; a member makes only their own. */
  memberId: idField("member").optional(),
});

const output = z.strictObject({
  id: shownId("apiToken"),
  memberId: shownId("member"),
  name: z.string(),
  lastFour: z.string(),
  createdAt: shownMoment(),
  expiresAt: shownMoment().nullable(),
  /** Shown now and never again. */
  token: z.string(),
});

/** Throws `forbidden` for another member's token, `not_found` for the member, `invalid_input` for a past expiry. */
export const createApiToken = verb({
  name: "api-token.create",
  permission: "api-tokens:write",
  input,
  output,
  async run(scope, { name, expiresAt, memberId: named }) {
    const { transaction, orgId, clock } = scope;
    const memberId = await findAccountable(scope, named, "api-tokens:write-for-others");
    if (expiresAt !== null && expiresAt.getTime() <= clock.now()) {
      throw new AppError("invalid_input", { message: "expiresAt must lie in the future." });
    }
    const token = mintToken("member").reveal();
    const { peppers } = scope.secrets;
    const hash = Uint8Array.from(hashToken(peppers, peppers.current, token));
    const id = newId();
    const lastFour = token.slice(-4);
    const row = await transaction.apiToken.create({
      data: { orgId, id, memberId, name, lastFour, expiresAt },
    });
    await transaction.apiTokenHash.create({ data: { hash, orgId, tokenId: id } });
    const shown = {
      id: encodeId("apiToken", id),
      memberId: encodeId("member", memberId),
      name,
      lastFour,
      createdAt: showMoment(row.createdAt),
      expiresAt: showMoment(row.expiresAt),
    };
    return {
      result: { ...shown, token },
      change: { subject: shown.id, before: null, after: shown },
    };
  },
});
