"use client";

/** Gives a connector another name. */
import { useChange } from "../../data/use-api.ts";
import { NameDialog } from "../../ui/name-dialog.tsx";
import type { Connector } from "./connector-words.ts";

interface Props {
  readonly connector: Connector;
  readonly onClose: () => void;
}

export function RenameDialog({ connector: { id, name }, onClose }: Props) {
  const rename = useChange("PATCH /connectors/{id}", {
    invalidates: ["GET /connectors"],
    onSuccess: onClose,
  });
  return (
    <NameDialog
      title={`Rename ${name}`}
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
