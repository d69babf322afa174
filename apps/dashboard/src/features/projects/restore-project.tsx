"use client";

/** Brings an archived project back. */
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";

interface Props {
  readonly project: Output<"GET /projects/{id}">;
  /** Why it cannot be done. */
  readonly reason: string | undefined;
}

export function RestoreProject({ project, reason }: Props) {
  const { show } = useToast();
  const restore = useChange("POST /projects/{id}/restore", {
    invalidates: ["GET /projects", "GET /projects/{id}", "GET /agents"],
    onSuccess: ({ name, agentsRestored }) =>
      show({
        kind: "good",
        title: `${name} is back`,
        description: `Agents restored: ${agentsRestored}. Their keys stay revoked: make new ones.`,
      }),
  });
  const { error } = restore;
  return (
    <>
      <Button
        variant="primary"
        loading={restore.isPending}
        disabledReason={reason}
        onClick={() => restore.mutate({ id: project.id })}
      >
        Restore
      </Button>
      {error !== null && (
        <p role="alert" className="text-bad text-xs">
          {error.message}
        </p>
      )}
    </>
  );
}
