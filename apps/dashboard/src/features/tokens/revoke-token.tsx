"use client";

/** Revokes an API token, for good. */
import { useChange } from "../../data/use-api.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { useToast } from "../../ui/toast.tsx";
import { LastUsed } from "../keys/last-used.tsx";
import type { ApiToken } from "./token-page.tsx";

interface Props {
  readonly token: ApiToken;
  readonly onClose: () => void;
}

export function RevokeToken({ token, onClose }: Props) {
  const { show } = useToast();
  const revoke = useChange("DELETE /api-tokens/{id}", {
    invalidates: ["GET /api-tokens"],
    onSuccess: ({ name }) => {
      onClose();
      show({ kind: "good", title: `${name} is revoked` });
    },
  });
  return (
    <Confirm
      title={`Revoke ${token.name}?`}
      description={
        <>
          ylt_…{token.lastFour}, <LastUsed at={token.lastUsedAt} />. Requests with it are refused
          from that moment on. This cannot be undone.
        </>
      }
      action="Revoke token"
      phrase={token.name}
      change={revoke}
      onClose={onClose}
      onConfirm={() => revoke.mutate({ id: token.id })}
    />
  );
}
