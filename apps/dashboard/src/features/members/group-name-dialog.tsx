"use client";

/** Names a group: a new one, or one that exists. */
import { type Item, useChange } from "../../data/use-api.ts";
import { NameDialog } from "../../ui/name-dialog.tsx";

interface Props {
  /** Left out: a new group. */
  readonly group?: Item<"GET /groups">;
  readonly onClose: () => void;
}

export function GroupNameDialog({ group, onClose }: Props) {
  const options = {
    invalidates: ["GET /groups", "GET /members", "GET /changes"],
    onSuccess: onClose,
  } as const;
  const create = useChange("POST /groups", options);
  const rename = useChange("PATCH /groups/{id}", options);
  if (group === undefined) {
    return (
      <NameDialog
        title="New group"
        action="Make group"
        change={create}
        onName={(name) => create.mutate({ name })}
        onClose={onClose}
      />
    );
  }
  const { id, name } = group;
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
