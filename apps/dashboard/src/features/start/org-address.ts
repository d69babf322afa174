/** Where an org's agents send their calls, and whether this machine finds that name. */
import { lookup } from "node:dns/promises";
import type { Env } from "../../env.ts";
import { tenantAddress } from "../connect/tenant-address.ts";

export interface OrgAddress {
  /** `https://acme.yologateway.io` */
  readonly own: string;
  /** Where the key alone names the org; null where there is no such address. */
  readonly bare: string | null;
  /** Whether `own` is found here. On one's own machine, where clients run too, it may not be. */
  readonly isResolved: boolean;
}

export async function orgAddress(
  env: Pick<Env, "GATEWAY_DOMAIN" | "GATEWAY_URL" | "LOCAL_MODE">,
  slug: string,
): Promise<OrgAddress> {
  const { scheme, domain } = tenantAddress(env);
  const own = `${scheme}://${slug}.${domain}`;
  if (env.LOCAL_MODE === undefined) return { own, bare: null, isResolved: true };
  const isResolved = await lookup(new URL(own).hostname).then(
    () => true,
    () => false,
  );
  return { own, bare: env.GATEWAY_URL, isResolved };
}
