/**
 * A change made under an `Idempotency-Key` is made once: its answer is kept in the change's own transaction, so that a
 * crash can neither lose nor double it, and given again for a day. Keys are a member's own, within their org.
 *
 * Answers are sealed by the org's data key, with what was asked, since some hold a secret that is shown once.
 * What failed has changed nothing and is not kept: trying again under the same key is trying anew.
 */
import { AppError } from "@yolo/core/errors";
import { jsonHash } from "@yolo/core/json-hash";
import { open, type SealedPlace, seal } from "@yolo/store/vault";
import { z } from "zod";
import { allDataKeys, currentDataKey } from "./data-key.ts";
import type { Scope } from "./verb.ts";

const kept = z.strictObject({ v: z.literal(1), asked: z.string(), answer: z.json() });

interface Asked {
  /** The verb's name. */
  readonly verb: string;
  readonly input: unknown;
}

/**
 * The answer that this request was given within the last day; undefined: it is to be done now.
 * Throws `conflict` while the same request is still being worked on, `idempotency_key_reused` for another request.
 */
export async function findAnswer(scope: Scope, asked: Asked): Promise<unknown> {
  const mine = ownKey(scope);
  if (mine === undefined) return undefined;
  await lock(scope, mine);
  const [row] = await scope.transaction.$queryRaw<{ sealed: Uint8Array }[]>`
    SELECT sealed FROM org.idempotency_keys
    WHERE org_id = ${scope.orgId}::uuid AND actor_id = ${mine.actorId}::uuid AND key = ${mine.key}
      AND at > clock_timestamp() - interval '24 hours'`;
  if (row === undefined) return undefined;
  const opened = open(await allDataKeys(scope), placeOf(mine), Buffer.from(row.sealed));
  const answered = kept.parse(JSON.parse(opened.toString("utf8")));
  if (answered.asked === jsonHash(asked)) return answered.answer;
  throw new AppError("idempotency_key_reused", {
    message:
      "This Idempotency-Key came with another request within the last 24 hours. Choose a new key for each request that is not the same again.",
  });
}

/** Keeps the answer in the change's own transaction; does nothing for a request without a key. */
export async function keepAnswer(scope: Scope, asked: Asked, answer: unknown): Promise<void> {
  const mine = ownKey(scope);
  if (mine === undefined) return;
  const text = JSON.stringify({ v: 1, asked: jsonHash(asked), answer });
  const sealed = Uint8Array.from(
    seal(await currentDataKey(scope), placeOf(mine), Buffer.from(text)),
  );
  await scope.transaction.$executeRaw`
    INSERT INTO org.idempotency_keys (org_id, actor_id, key, at, sealed)
    VALUES (${scope.orgId}::uuid, ${mine.actorId}::uuid, ${mine.key}, clock_timestamp(), ${sealed})
    ON CONFLICT (org_id, actor_id, key) DO UPDATE SET at = excluded.at, sealed = excluded.sealed`;
}

interface OwnKey {
  readonly actorId: string;
  readonly key: string;
}

function ownKey({ actor, idempotency }: Scope): OwnKey | undefined {
  if (idempotency === undefined || actor.kind !== "member") return undefined;
  return { actorId: actor.memberId, key: idempotency.key };
}

/** Held until the transaction ends. Never waits: the twin is told to. */
async function lock({ transaction, orgId }: Scope, { actorId, key }: OwnKey): Promise<void> {
  const name = `idempotency|${orgId}|${actorId}|${key}`;
  const [row] = await transaction.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 1)) AS free`;
  if (row?.free === true) return;
  throw new AppError("conflict", {
    message:
      "A request with this Idempotency-Key is being worked on right now. Wait a second and send it again.",
    retryAfterSeconds: 1,
  });
}

function placeOf({ actorId, key }: OwnKey): SealedPlace {
  return { use: "answer", row: `${actorId}|${key}` };
}
