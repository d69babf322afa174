/** The model providers that a connector can lead to. */
import { z } from "zod";

interface Provider {
  /** Where its API lives; the only host that a developer's own credential is ever sent to. */
  readonly baseUrl: string;
}

export const PROVIDERS = {
  anthropic: { baseUrl: "https://api.anthropic.com" },
} as const satisfies Record<string, Provider>;

export const providerName = z.enum(["anthropic"] satisfies (keyof typeof PROVIDERS)[]);
