"use client";

/** Gives the policy another name. */
import type { Output } from "../../../data/api.ts";
import { useChange } from "../../../data/use-api.ts";
import { NameDialog } from "../../../ui/name-dialog.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly onClose: () => void;
}

export function RenameDialog({ policy: { id, name }, onClose }: Props) {
  const rename = useChange("PATCH /policies/{id}", {
    invalidates: ["GET /policies", "GET /policies/{id}"],
    onSuccess: onClose,
  });
  return (
    <NameDialog
      title={`Rename ${name}`}
      action="Rename"
      name={name}
      change={rename}
      onName={(next) => rename.mutate({ id, name: next })}
      onClose={onClose}
    />
  );
}
