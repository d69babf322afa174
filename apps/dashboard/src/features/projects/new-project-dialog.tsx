"use client";

/** Creates a project: a name, what is kept of its calls, and the policy it starts with. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Input as RouteInput } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { CAPTURE_LEVELS, readCaptureLevel } from "./capture-level.ts";
import { slugOf } from "./slug-of.ts";

export interface StarterChoice {
  readonly id: NonNullable<RouteInput<"POST /projects">["starter"]>;
  readonly title: string;
}

interface Props {
  readonly starters: readonly StarterChoice[];
  readonly onClose: () => void;
}

export function NewProjectDialog({ starters, onClose }: Props) {
  const { slug: org } = useOrg();
  const router = useRouter();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string>();
  const [level, setLevel] = useState("redacted");
  const [starter, setStarter] = useState("");
  const create = useChange("POST /projects", {
    invalidates: ["GET /projects", "GET /policies"],
    onSuccess: ({ id }) => router.push(`/${org}/projects/${id}`),
  });
  const slug = ownSlug ?? slugOf(name);
  const submit = () => {
    create.mutate({
      ...{ name, slug, captureLevel: readCaptureLevel(level) },
      starter: starters.find(({ id }) => id === starter)?.id,
    });
  };
  const { error } = create;
  return (
    <FormDialog
      title="New project"
      description="A unit of policy: its agents share it."
      action="Create project"
      change={create}
      shown={["name", "slug"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={error?.issueOf("name")}>
        <Input value={name} onChange={(event) => setName(event.currentTarget.value)} required />
      </Field>
      <Field
        label="Slug"
        hint="Policies know the project by it. It cannot be changed later."
        error={error?.issueOf("slug")}
      >
        <Input
          mono
          value={slug}
          onChange={(event) => setOwnSlug(event.currentTarget.value)}
          required
        />
      </Field>
      <RadioGroup
        label="What is kept of its calls"
        options={CAPTURE_LEVELS}
        value={level}
        onValueChange={setLevel}
      />
      <Field
        label="Starter policy"
        hint="Evaluated for a day, so that you see what it would refuse; then enforced."
      >
        <Select
          value={starter}
          onValueChange={setStarter}
          options={[
            { value: "", label: "None: the org's policies alone" },
            ...starters.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      </Field>
    </FormDialog>
  );
}
