/** Who is calling? The host names the org, the key must belong to it; a wrong key gets no hint which of both failed. */
import { AppError } from "@yolo/core/errors";
import { tokenKind } from "@yolo/core/token-form";
import { hashesOf } from "@yolo/identity/token";
import type { KeyRing } from "@yolo/store/secrets-file";
import type { RequestHead } from "../exchange.ts";
import type { Credential, Surface } from "../surfaces/surface.ts";
import type { TenantCache } from "../tenant/cache.ts";
import type { Snapshot, SnapshotKey } from "../tenant/snapshot.ts";

export interface Identified {
  readonly snapshot: Snapshot;
  readonly key: SnapshotKey;
  readonly credential: Credential;
}

export interface IdentifyDeps {
  readonly tenants: TenantCache;
  readonly peppers: KeyRing;
  readonly gatewayDomain: string;
  now(): number;
}

/** Throws `missing_key`, `conflicting_credentials` or `invalid_key`. Reads no body. */
export async function identify(
  head: RequestHead,
  surface: Surface,
  deps: IdentifyDeps,
): Promise<Identified> {
  const credential = surface.credential(head);
  const kind = tokenKind(credential.token);
  if (kind !== "live" && kind !== "test") throw invalidKey();
  const slug = slugOf(head.headers.host ?? "", deps.gatewayDomain);
  const hashes = hashesOf(deps.peppers, credential.token).map((hash) => hash.toString("hex"));
  const bySlug = slug === null ? null : await deps.tenants.bySlug(slug);
  // A key that this process has not seen yet may be younger than the snapshot; the directory knows it.
  const snapshot =
    bySlug !== null && findKey(bySlug, hashes) !== null
      ? bySlug
      : await deps.tenants.byToken(credential.token);
  if (snapshot === null || (slug !== null && snapshot.slug !== slug)) throw invalidKey();
  const key = workingKey(snapshot, hashes, deps.now());
  if (key === null) throw invalidKey();
  return { snapshot, key, credential };
}

/** The same caller under another snapshot of the same org; null when the key no longer works there. */
export function identifyAgain(
  identified: Identified,
  snapshot: Snapshot,
  deps: Pick<IdentifyDeps, "peppers" | "now">,
): Identified | null {
  const { credential } = identified;
  const hashes = hashesOf(deps.peppers, credential.token).map((hash) => hash.toString("hex"));
  const key = workingKey(snapshot, hashes, deps.now());
  return key === null ? null : { snapshot, key, credential };
}

/** `acme.yologateway.io.:443` → `acme`; null on the bare domain and on addresses, where the key alone names the org. */
export function slugOf(host: string, gatewayDomain: string): string | null {
  const name = host.replace(/\.?(?::\d*)?$/, "").toLowerCase();
  const suffix = `.${gatewayDomain}`;
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : null;
}

function workingKey(
  snapshot: Snapshot,
  hashes: readonly string[],
  now: number,
): SnapshotKey | null {
  const key = findKey(snapshot, hashes);
  return key === null || (key.expiresAtMs !== null && key.expiresAtMs <= now) ? null : key;
}

function findKey(snapshot: Snapshot, hashes: readonly string[]): SnapshotKey | null {
  for (const hash of hashes) {
    const key = snapshot.keys.get(hash);
    if (key !== undefined) return key;
  }
  return null;
}

export function invalidKey(): AppError {
  return new AppError("invalid_key", {
    message:
      "This agent key does not work here: it is mistyped, expired, revoked, or belongs to another org. Create one in the dashboard and send it as x-api-key, as a bearer token or as x-yolo-key.",
  });
}
