"use client";

/** Gives an agent another name. */
import { useId, useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

interface Props {
  readonly agent: Output<"GET /agents/{id}">;
  readonly onClose: () => void;
}

export function RenameAgentDialog({ agent, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(agent.name);
  const rename = useChange("PATCH /agents/{id}", {
    invalidates: ["GET /agents", "GET /agents/{id}", "POST /policies/preview"],
    onSuccess: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Rename agent"
      description="Rules that name the agent mean the new name from then on."
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
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ id: agent.id, name });
        }}
      >
        <Field label="Name" error={rename.error?.issueOf("name")}>
          <Input
            mono
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
        </Field>
        {rename.error !== null && rename.error.issues.size === 0 && (
          <ErrorState error={rename.error} compact />
        )}
      </form>
    </Dialog>
  );
}
