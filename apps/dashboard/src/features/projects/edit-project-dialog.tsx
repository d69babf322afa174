"use client";

/** Renames a project or changes what is kept of its calls. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { CAPTURE_LEVELS, readCaptureLevel } from "./capture-level.ts";

interface Props {
  readonly project: Output<"GET /projects/{id}">;
  readonly onClose: () => void;
}

export function EditProjectDialog({ project, onClose }: Props) {
  const [name, setName] = useState(project.name);
  const [level, setLevel] = useState<string>(project.captureLevel);
  const update = useChange("PATCH /projects/{id}", {
    invalidates: ["GET /projects", "GET /projects/{id}"],
    onSuccess: onClose,
  });
  const submit = () => {
    update.mutate({ id: project.id, name, captureLevel: readCaptureLevel(level) });
  };
  return (
    <FormDialog
      title="Edit project"
      action="Save"
      change={update}
      shown={["name"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={update.error?.issueOf("name")}>
        <Input value={name} onChange={(event) => setName(event.currentTarget.value)} required />
      </Field>
      <RadioGroup
        label="What is kept of its calls from now on"
        options={CAPTURE_LEVELS}
        value={level}
        onValueChange={setLevel}
      />
    </FormDialog>
  );
}
