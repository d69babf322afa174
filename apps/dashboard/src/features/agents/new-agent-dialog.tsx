"use client";

/** Creates an agent in a project. */
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
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
  const form = useId();
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
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="New agent"
      description="A named identity. Its name is what policies and records call it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            loading={create.isPending}
            disabled={project === ""}
          >
            Create agent
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ projectId: project, name });
        }}
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
        {create.error !== null && create.error.issues.size === 0 && (
          <ErrorState error={create.error} compact />
        )}
      </form>
    </Dialog>
  );
}
