/**
 * Which upstream an admitted call goes to, and with what credential. Takes nothing but an `Admitted`: without an
 * admission that allows, no credential is opened.
 */
import { AppError } from "@yolo/core/errors";
import type { Admitted } from "../pipeline/admit.ts";
import { openCredential, type Snapshot, type SnapshotConnector } from "../tenant/snapshot.ts";
import type { Connections } from "./connections.ts";
import type { Upstream } from "./upstream.ts";

export interface CredentialsOptions {
  readonly connections: Connections;
  readonly testModelOrigin: string;
  readonly localMode: boolean;
}

/** The provider's own host: the only place a developer's own credential may go. */
const OWN_ORIGIN = { anthropic: "https://api.anthropic.com" } as const;
type Provider = keyof typeof OWN_ORIGIN;

/** Throws `no_connector` or `missing_key` (no own credential in mode client credential) or what the guard throws. */
export function upstreamFor(admitted: Admitted, options: CredentialsOptions): Upstream {
  const { snapshot, key } = admitted.identified;
  // A test key reaches the built-in test provider and nothing else, wherever the org's connectors point.
  if (key.kind === "test") {
    return through({ origin: options.testModelOrigin, basePath: "" }, [], snapshot, options);
  }
  const { provider } = admitted.call;
  const connector = snapshot.connectors.get(provider);
  if (connector === undefined) {
    throw new AppError("no_connector", {
      message: `This org has no connector for ${provider}, so the call has nowhere to go. Add one, or use a ylg_test_ key to reach the built-in test model.`,
    });
  }
  const headers = credentialHeaders(admitted, connector, provider, options);
  return through(connector, headers, snapshot, options);
}

function through(
  { origin, basePath }: Pick<Upstream, "origin" | "basePath">,
  credentialHeaders: Upstream["credentialHeaders"],
  { orgId }: Snapshot,
  { connections }: CredentialsOptions,
): Upstream {
  return {
    origin,
    basePath,
    dispatcher: connections.dispatcherFor(orgId, origin),
    credentialHeaders,
  };
}

function credentialHeaders(
  admitted: Admitted,
  connector: SnapshotConnector,
  provider: Provider,
  options: CredentialsOptions,
): Upstream["credentialHeaders"] {
  switch (connector.mode) {
    case "vaulted": {
      const secret = openCredential(admitted.identified.snapshot, connector);
      return secret === null ? [] : [["x-api-key", secret.reveal()]];
    }
    case "client_credential": {
      const { origin } = connector;
      const isOwn =
        origin === OWN_ORIGIN[provider] ||
        (options.localMode && origin === options.testModelOrigin);
      if (!isOwn) {
        throw new AppError("no_connector", {
          message:
            "This connector passes the developer's own credential, which may go to the provider's own host only.",
        });
      }
      const { own } = admitted.identified.credential;
      if (own === null) {
        throw new AppError("missing_key", {
          message:
            "This org's connector uses your own provider credential. Sign in to the provider in your client, and send the agent key as x-yolo-key.",
        });
      }
      return [own];
    }
    default:
      return connector.mode satisfies never;
  }
}
