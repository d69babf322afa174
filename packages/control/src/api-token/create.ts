/** Makes a member's bearer token for the public API. The token is in the answer, once; only its HMAC is stored. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { hashToken, mintToken } from "@yolo/identity/token";
import { z } from "zod";
import type { Actor } from "../context.ts";
import { idField, momentField, nameField } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { verb } from "../verb.ts";
import { ApiToken, showApiToken } from "./api-token.ts";
import { notTheirs, scopesField } from "./scopes.ts";

const input = z.strictObject({
  name: nameField(),
  /** Left out: everything its member may. */
  scopes: scopesField.default(["*"]),
  /** Left out or null: it does not expire. */
  expiresAt: momentField().nullable().default(null),
  /** Whose token it is; a member makes only their own. */
  memberId: idField("member").optional(),
});

const output = ApiToken.extend({
  /** Shown now and never again. */
  token: z.string(),
});

/**
 * Throws `forbidden` for another member's token and for scopes beyond one's own, `not_found` for the member,
 * `invalid_input` for a past expiry.
 */
export const createApiToken = verb({
  name: "api-token.create",
  permission: "api-tokens:write",
  input,
  output,
  async run(scope, { name, scopes, expiresAt, memberId: named }) {
    const { transaction, orgId, clock } = scope;
    const memberId = await findAccountable(scope, named, "api-tokens:write-for-others");
    refuseMore(scope.actor, scopes);
    if (expiresAt !== null && expiresAt.getTime() <= clock.now()) {
      throw new AppError("invalid_input", { message: "expiresAt must lie in the future." });
    }
    const token = mintToken("member").reveal();
    const { peppers } = scope.secrets;
    const hash = Uint8Array.from(hashToken(peppers, peppers.current, token));
    const id = newId();
    const lastFour = token.slice(-4);
    const row = await transaction.apiToken.create({
      data: { orgId, id, memberId, name, lastFour, scopes, expiresAt },
    });
    await transaction.apiTokenHash.create({ data: { hash, orgId, tokenId: id } });
    const shown = showApiToken(row);
    return {
      result: { ...shown, token },
      change: { subject: shown.id, before: null, after: shown },
    };
  },
});

function refuseMore(actor: Actor, scopes: readonly string[]): void {
  const missing = notTheirs(actor, scopes);
  if (missing.length === 0) return;
  throw new AppError("forbidden", {
    message: `A token cannot be given more than you hold yourself; you lack ${missing.join(", ")}.`,
    facts: { missing },
  });
}
