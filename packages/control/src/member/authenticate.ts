/** Who holds a bearer token of the public API. */
import type { Clock } from "@yolo/core/clock";
import { AppError } from "@yolo/core/errors";
import { tokenKind } from "@yolo/core/token-form";
import { hashesOf } from "@yolo/identity/token";
import { type Database, inOrg } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";
import { z } from "zod";
import type { Actor } from "../context.ts";
import { asAppError } from "../database-error.ts";
import { ROLES } from "../permissions.ts";

interface Deps {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** When a token was last used is known to so much. */
const USE_NOTED_MS = 60_000;

/**
 * The member whose token it is, with the role they hold now and the token's scopes.
 * Throws `invalid_key`, in the same words whether the token is mistyped, unknown, revoked, expired, or its member gone.
 */
export async function authenticate(deps: Deps, token: string): Promise<Actor> {
  if (tokenKind(token) !== "member") throw refused();
  try {
    const actor = await findActor(deps, token);
    if (actor !== undefined) return actor;
  } catch (thrown) {
    throw asAppError(thrown);
  }
  throw refused();
}

async function findActor(deps: Deps, token: string): Promise<Actor | undefined> {
  const hashes = hashesOf(deps.secrets.peppers, token).map((hash) => Uint8Array.from(hash));
  const found = await deps.database.apiTokenHash.findFirst({ where: { hash: { in: hashes } } });
  if (found === null) return undefined;
  const { orgId, tokenId: id } = found;
  return inOrg(deps.database, orgId, async (transaction) => {
    const where = { orgId_id: { orgId, id } };
    const row = await transaction.apiToken.findUnique({ where, include: { member: true } });
    if (row === null || row.revokedAt !== null || row.member.removedAt !== null) return undefined;
    const now = deps.clock.now();
    if (row.expiresAt !== null && row.expiresAt.getTime() <= now) return undefined;
    if (now - (row.lastUsedAt?.getTime() ?? 0) >= USE_NOTED_MS) {
      await transaction.apiToken.update({ where, data: { lastUsedAt: new Date(now) } });
    }
    const role = z.enum(ROLES).parse(row.member.role);
    const token = { id, scopes: row.scopes };
    return { kind: "member", orgId, memberId: row.memberId, role, token };
  });
}

function refused(): AppError {
  return new AppError("invalid_key", {
    message: "This API token does not work: it is unknown, revoked or expired.",
  });
}
