"use client";

/** Gives an agent another name. */
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { NameDialog } from "../../ui/name-dialog.tsx";

interface Props {
  readonly agent: Output<"GET /agents/{id}">;
  readonly onClose: () => void;
}

export function RenameAgentDialog({ agent: { id, name }, onClose }: Props) {
  const rename = useChange("PATCH /agents/{id}", {
    invalidates: ["GET /agents", "GET /agents/{id}", "POST /policies/preview"],
    onSuccess: onClose,
  });
  return (
    <NameDialog
      title={`Rename ${name}`}
      description="Rules that name the agent mean the new name from then on."
      action="Rename"
      name={name}
      hint="Lower-case letters, digits and hyphens."
      mono
      change={rename}
      onName={(next) => rename.mutate({ id, name: next })}
      onClose={onClose}
    />
  );
}
