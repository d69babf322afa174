/** The model providers that a connector can lead to. */
import { z } from "zod";

interface Provider {
  /** Where its API lives; the only host that a developer's own credential is ever sent to. */
  readonly baseUrl: string;
  /** The header that carries the org's credential. */
  readonly credentialHeader: string;
  /** A request that costs nothing and that only a working credential is answered. */
  readonly probe: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

export const PROVIDERS = {
  anthropic: {
    baseUrl: "https://api.anthropic.com",
    credentialHeader: "x-api-key",
    probe: { path: "/v1/models?limit=1", headers: { "anthropic-version": "2023-06-01" } },
  },
} as const satisfies Record<string, Provider>;

export const providerName = z.enum(["anthropic"] satisfies (keyof typeof PROVIDERS)[]);
