/** Where the agents of an org send their calls: `<scheme>://<slug>.<domain>`. */
import type { Env } from "../../env.ts";

export interface TenantAddress {
  readonly scheme: "http" | "https";
  /** With the port, where it is not the scheme's own. */
  readonly domain: string;
}

/** In local mode tenants are on the gateway's own port; elsewhere a load balancer with a certificate stands before it. */
export function tenantAddress(
  env: Pick<Env, "GATEWAY_DOMAIN" | "GATEWAY_URL" | "LOCAL_MODE">,
): TenantAddress {
  if (env.LOCAL_MODE === undefined) return { scheme: "https", domain: env.GATEWAY_DOMAIN };
  const { port } = new URL(env.GATEWAY_URL);
  return { scheme: "http", domain: `${env.GATEWAY_DOMAIN}${port === "" ? "" : `:${port}`}` };
}
