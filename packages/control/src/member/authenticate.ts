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

/**
 * The member whose token it is, with the role they hold now.
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
  const row = await inOrg(deps.database, orgId, (transaction) =>
    transaction.apiToken.findUnique({
      where: { orgId_id: { orgId, id } },
      include: { member: true },
    }),
  );
  if (row === null || row.revokedAt !== null || row.member.removedAt !== null) return undefined;
  if (row.expiresAt !== null && row.expiresAt.getTime() <= deps.clock.now()) return undefined;
  const role = z.enum(ROLES).parse(row.member.role);
  return { kind: "member", orgId, memberId: row.memberId, role };
}

function refused(): AppError {
  return new AppError("invalid_key", {
    message: "This API token does not work: it is unknown, revoked or expired.",
  });
}
