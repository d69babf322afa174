"use client";

/** Gives the policy another name. */
import { useId } from "react";
import type { Output } from "../../../data/api.ts";
import { useChange } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input } from "../../../ui/input.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly onClose: () => void;
}

export function RenameDialog({ policy, onClose }: Props) {
  const form = useId();
  const rename = useChange("PATCH /policies/{id}", {
    invalidates: ["GET /policies", "GET /policies/{id}"],
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the policy"
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={rename.isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get("name") ?? "");
          rename.mutate({ id: policy.id, name });
        }}
      >
        <Field label="Name" error={rename.error?.issueOf("name") ?? rename.error?.message}>
          <Input name="name" required maxLength={100} defaultValue={policy.name} />
        </Field>
      </form>
    </Dialog>
  );
}
