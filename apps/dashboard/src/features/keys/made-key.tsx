"use client";

/** A new agent key, with what to put into a client. */
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import type { Upstream } from "../start/blocks.ts";
import { ClientBlocks } from "../start/client-blocks.tsx";
import { ShownOnce } from "./shown-once.tsx";

interface Props {
  readonly made: { readonly key: string; readonly kind: "live" | "test" };
  /** Where this org's agents send their calls. */
  readonly gateway: string;
  readonly onClose: () => void;
}

export function MadeKey({ made: { key, kind }, gateway, onClose }: Props) {
  const { can } = useOrg();
  const connectors = useApi("GET /connectors", {}, { enabled: can("connectors:read") });
  const present = connectors.data?.data.find(
    ({ isDefault, archivedAt }) => isDefault && archivedAt === null,
  );
  const upstream: Upstream =
    kind === "test"
      ? "test_model"
      : present?.mode === "client_credential"
        ? present.mode
        : "vaulted";
  return (
    <ShownOnce title="Your new key" label="Agent key" secret={key} onClose={onClose}>
      <ClientBlocks connection={{ address: gateway, key, upstream }} hasKey />
    </ShownOnce>
  );
}
