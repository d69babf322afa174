"use client";

/** Archives a project, after saying what ends with it. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { useToast } from "../../ui/toast.tsx";

interface Props {
  readonly project: Output<"GET /projects/{id}">;
  /** Why it cannot be done. */
  readonly reason: string | undefined;
}

export function ArchiveProject({ project, reason }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { show } = useToast();
  const archive = useChange("DELETE /projects/{id}", {
    invalidates: ["GET /projects", "GET /projects/{id}", "GET /agents", "GET /agent-keys"],
    onSuccess: ({ name, agentsArchived, keysRevoked }) => {
      setOpen(false);
      show({
        kind: "good",
        title: `${name} is archived`,
        description: `Agents archived: ${agentsArchived}. Keys revoked: ${keysRevoked}.`,
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
          title={`Archive ${project.name}?`}
          description="Its agents are refused from that moment on. Its records stay."
          action="Archive project"
          phrase={project.slug}
          change={archive}
          onClose={() => setOpen(false)}
          onConfirm={() => archive.mutate({ id: project.id })}
        >
          <ul className="list-disc pl-5 text-sm">
            <li>Agents that are archived with it: {project.agents}. Restoring brings them back.</li>
            <li>Keys that are revoked: {project.keys}. These do not come back.</li>
          </ul>
        </Confirm>
      )}
    </>
  );
}
