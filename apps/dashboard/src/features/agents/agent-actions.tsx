"use client";

/** What can be done with an agent: rename, archive, restore. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { useToast } from "../../ui/toast.tsx";
import { RenameAgentDialog } from "./rename-agent-dialog.tsx";

type Agent = Output<"GET /agents/{id}">;

/** What shows an agent, and is old once it has changed. */
const SHOWN_BY = [
  "GET /agents",
  "GET /agents/{id}",
  "GET /agent-keys",
  "GET /projects",
  "GET /projects/{id}",
] as const;

export function AgentActions({ agent }: { readonly agent: Agent }) {
  const { can } = useOrg();
  const [isRenaming, setRenaming] = useState(false);
  const reason = can("agents:write") ? undefined : "Your role may not change agents.";
  if (agent.archivedAt !== null) return <RestoreAgent agent={agent} reason={reason} />;
  return (
    <>
      <Button onClick={() => setRenaming(true)} disabledReason={reason}>
        Rename
      </Button>
      <ArchiveAgent agent={agent} reason={reason} />
      {isRenaming && <RenameAgentDialog agent={agent} onClose={() => setRenaming(false)} />}
    </>
  );
}

interface Props {
  readonly agent: Agent;
  readonly reason: string | undefined;
}

function ArchiveAgent({ agent, reason }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { show } = useToast();
  const restore = useChange("POST /agents/{id}/restore", { invalidates: SHOWN_BY });
  const archive = useChange("DELETE /agents/{id}", {
    invalidates: SHOWN_BY,
    onSuccess: ({ id, name }) => {
      setOpen(false);
      show({
        kind: "good",
        title: `${name} is archived`,
        description: "Its keys are revoked.",
        action: { label: "Restore", onSelect: () => restore.mutate({ id }) },
      });
    },
  });
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)} disabledReason={reason}>
        Archive
      </Button>
      {isOpen && (
        <Confirm
          title={`Archive ${agent.name}?`}
          description={`Its calls are refused from that moment on; its records stay. Keys that are revoked: ${agent.keys}. Restoring brings the agent back, not its keys.`}
          action="Archive agent"
          phrase={agent.name}
          change={archive}
          onClose={() => setOpen(false)}
          onConfirm={() => archive.mutate({ id: agent.id })}
        />
      )}
    </>
  );
}

function RestoreAgent({ agent, reason }: Props) {
  const { show } = useToast();
  const restore = useChange("POST /agents/{id}/restore", {
    invalidates: SHOWN_BY,
    onSuccess: ({ name }) =>
      show({ kind: "good", title: `${name} is back`, description: "Make a new key for it." }),
  });
  return (
    <>
      <Button
        variant="primary"
        loading={restore.isPending}
        disabledReason={reason}
        onClick={() => restore.mutate({ id: agent.id })}
      >
        Restore
      </Button>
      {restore.error !== null && (
        <p role="alert" className="w-full text-bad text-xs">
          {restore.error.message}
        </p>
      )}
    </>
  );
}
