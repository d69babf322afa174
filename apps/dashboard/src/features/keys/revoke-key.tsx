"use client";

/** Revokes a key, for good. */
import { useChange } from "../../data/use-api.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { AgentKey } from "./keys-tab.tsx";
import { LastUsed } from "./last-used.tsx";

interface Props {
  readonly agentKey: AgentKey;
  readonly onClose: () => void;
}

export function RevokeKey({ agentKey, onClose }: Props) {
  const { show } = useToast();
  const { name, prefix, lastFour, lastUsedAt } = agentKey;
  const revoke = useChange("DELETE /agent-keys/{id}", {
    invalidates: ["GET /agent-keys", "GET /agents", "GET /agents/{id}", "GET /projects"],
    onSuccess: () => {
      onClose();
      show({ kind: "good", title: "The key is revoked" });
    },
  });
  return (
    <Confirm
      title={`Revoke ${name ?? "this key"}?`}
      description={
        <>
          <code>
            {prefix}…{lastFour}
          </code>
          , <LastUsed at={lastUsedAt} />. Calls with it are refused from that moment on. This cannot
          be undone; to change over without a failed call, rotate it.
        </>
      }
      action="Revoke key"
      phrase={name ?? lastFour}
      change={revoke}
      onClose={onClose}
      onConfirm={() => revoke.mutate({ id: agentKey.id })}
    />
  );
}
