"use client";

/** Names a group: a new one, or one that exists. */
import { useId, useState } from "react";
import { type Item, useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  /** Left out: a new group. */
  readonly group?: Item<"GET /groups">;
  readonly onClose: () => void;
}

export function GroupNameDialog({ group, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(group?.name ?? "");
  const options = {
    invalidates: ["GET /groups", "GET /members", "GET /changes"],
    onSuccess: onClose,
  } as const;
  const create = useChange("POST /groups", options);
  const rename = useChange("PATCH /groups/{id}", options);
  const { error, isPending } = group === undefined ? create : rename;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={group === undefined ? "New group" : `Rename ${group.name}`}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={isPending}>
            {group === undefined ? "Make group" : "Rename"}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (group === undefined) create.mutate({ name });
          else rename.mutate({ id: group.id, name });
        }}
      >
        <Field label="Name" error={error?.issueOf("name")}>
          <Input
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            required
          />
        </Field>
        {error !== null && error.issues.size === 0 && <ErrorState error={error} compact />}
      </form>
    </Dialog>
  );
}
