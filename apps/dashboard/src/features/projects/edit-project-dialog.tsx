"use client";

/** Renames a project or changes what is kept of its calls. */
import { useId, useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { CAPTURE_LEVELS, readCaptureLevel } from "./capture-level.ts";

interface Props {
  readonly project: Output<"GET /projects/{id}">;
  readonly onClose: () => void;
}

export function EditProjectDialog({ project, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(project.name);
  const [level, setLevel] = useState<string>(project.captureLevel);
  const update = useChange("PATCH /projects/{id}", {
    invalidates: ["GET /projects", "GET /projects/{id}"],
    onSuccess: onClose,
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    update.mutate({ id: project.id, name, captureLevel: readCaptureLevel(level) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Edit project"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={update.error?.issueOf("name")}>
          <Input value={name} onChange={(event) => setName(event.currentTarget.value)} required />
        </Field>
        <RadioGroup
          label="What is kept of its calls from now on"
          options={CAPTURE_LEVELS}
          value={level}
          onValueChange={setLevel}
        />
        {update.error !== null && update.error.issues.size === 0 && (
          <ErrorState error={update.error} compact />
        )}
      </form>
    </Dialog>
  );
}
