/** How connectors are spoken of on pages. */
import type { Output } from "../../data/api.ts";

export type Connector = Output<"GET /connectors">["data"][number];
export type ConnectorTest = Output<"POST /connectors/{id}/test">;
export type Mode = Connector["mode"];

export const PROVIDER_NAMES: { readonly [provider in Connector["provider"]]: string } = {
  anthropic: "Anthropic",
};

interface ModeWords {
  readonly label: string;
  readonly hint: string;
  /** A name to begin with. */
  readonly name: string;
}

export const MODES: { readonly [mode in Mode]: ModeWords } = {
  vaulted: {
    label: "The org’s own API key",
    hint: "One key for all agents. It is sealed at once, put in by the gateway, and no agent ever sees it.",
    name: "anthropic",
  },
  client_credential: {
    label: "Each developer’s own subscription",
    hint: "Nothing is kept here. What each developer is signed in with goes to Anthropic’s own host only; the agent key travels beside it.",
    name: "own-subscription",
  },
};
