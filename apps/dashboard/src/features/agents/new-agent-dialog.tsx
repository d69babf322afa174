"use client";

/** Creates an agent in a project. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { TextLink } from "../../ui/text-link.tsx";

interface Props {
  /** Chosen already. */
  readonly projectId?: string;
  readonly onClose: () => void;
}

export function NewAgentDialog({ projectId, onClose }: Props) {
  const { slug } = useOrg();
  const router = useRouter();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState(projectId);
  const projects = useApi("GET /projects", {});
  const live = (projects.data?.data ?? []).filter(({ archivedAt }) => archivedAt === null);
  const project = chosen ?? live[0]?.id ?? "";
  const create = useChange("POST /agents", {
    invalidates: ["GET /agents", "GET /projects", "GET /projects/{id}"],
    onSuccess: ({ id }) => router.push(`/${slug}/agents/${id}?tab=keys&new=true`),
  });
  const hasNoProject = projects.data !== undefined && live.length === 0;
  return (
    <FormDialog
      title="New agent"
      description="A named identity. Its name is what policies and records call it."
      action="Create agent"
      change={create}
      shown={["name"]}
      disabled={project === ""}
      onSubmit={() => create.mutate({ projectId: project, name })}
      onClose={onClose}
    >
      <Field
        label="Name"
        hint="Lower-case letters, digits and hyphens, such as claude-code."
        error={create.error?.issueOf("name")}
      >
        <Input
          mono
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
      </Field>
      <Field label="Project">
        <Select
          value={project}
          onValueChange={setChosen}
          options={live.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Field>
      {hasNoProject && (
        <p className="text-sm">
          There is no project yet.{" "}
          <TextLink href={`/${slug}/projects?new=true`}>Create one</TextLink> first.
        </p>
      )}
    </FormDialog>
  );
}
