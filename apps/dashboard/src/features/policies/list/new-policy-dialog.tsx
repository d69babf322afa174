"use client";

/** Makes a policy out of a starter or a few lines; it begins in evaluate, so that it refuses nothing yet. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Input } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi, useChange } from "../../../data/use-api.ts";
import { CodeBlock } from "../../../ui/code-block.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormDialog, textOf } from "../../../ui/form-dialog.tsx";
import { Input as TextInput } from "../../../ui/input.tsx";
import { RadioGroup } from "../../../ui/radio-group.tsx";
import { Select } from "../../../ui/select.tsx";

/** A starter with its text in evaluate. */
export interface StarterText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

interface Props {
  readonly starters: readonly StarterText[];
  readonly onClose: () => void;
}

type Layer = Input<"POST /policies">["layer"];

export function NewPolicyDialog({ starters, onClose }: Props) {
  const { slug, can } = useOrg();
  const router = useRouter();
  const [starter, setStarter] = useState(starters[0]);
  const [layer, setLayer] = useState<Layer>(can("policies:write-org") ? "org" : "project");
  const [place, setPlace] = useState<string>();
  const places = usePlaces(layer);
  const chosen = place ?? places[0]?.value;
  const create = useChange("POST /policies", {
    invalidates: ["GET /policies", "POST /policies/test"],
    onSuccess: ({ id }) => router.push(`/${slug}/policies/${id}`),
  });
  const submit = (entered: FormData) => {
    const shared = { name: textOf(entered, "name"), text: starter?.text ?? "" };
    if (layer === "org") create.mutate({ ...shared, layer });
    else if (chosen !== undefined) {
      create.mutate(
        layer === "project"
          ? { ...shared, layer, projectId: chosen }
          : { ...shared, layer, agentId: chosen },
      );
    }
  };
  return (
    <FormDialog
      title="New policy"
      description="It begins in evaluate: it logs what it would do and refuses nothing, until you publish it in enforce."
      size="lg"
      action="Create"
      change={create}
      shown={["name"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={create.error?.issueOf("name")}>
        <TextInput name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Applies to">
          <Select
            value={layer}
            options={layerOptions(can("policies:write-org"))}
            onValueChange={(value) => {
              setLayer(LAYERS.find((one) => one === value) ?? "project");
              setPlace(undefined);
            }}
          />
        </Field>
        {layer !== "org" && (
          <Field
            label={layer === "project" ? "Project" : "Agent"}
            error={places.length === 0 ? "There is none yet." : undefined}
          >
            <Select options={places} value={chosen ?? ""} onValueChange={setPlace} />
          </Field>
        )}
      </div>
      <RadioGroup
        label="Begin with"
        options={starters.map(({ id, title }) => ({ value: id, label: title }))}
        value={starter?.id ?? ""}
        onValueChange={(id) => setStarter(starters.find((one) => one.id === id))}
      />
      {starter !== undefined && <CodeBlock title="What it says" code={starter.text} />}
    </FormDialog>
  );
}

const LAYERS: readonly Layer[] = ["org", "project", "agent"];

function layerOptions(canWriteOrg: boolean) {
  return [
    {
      value: "org",
      label: canWriteOrg ? "Every project" : "Every project (owners and admins only)",
      disabled: !canWriteOrg,
    },
    { value: "project", label: "One project" },
    { value: "agent", label: "One agent" },
  ];
}

/** What may be chosen in the layer. */
function usePlaces(layer: Layer): readonly { readonly value: string; readonly label: string }[] {
  const projects = useApi("GET /projects", {}, { enabled: layer !== "org" });
  const agents = useApi("GET /agents", {}, { enabled: layer === "agent" });
  const names = new Map(projects.data?.data.filter(isLive).map(({ id, name }) => [id, name]));
  if (layer === "project") return [...names].map(([value, label]) => ({ value, label }));
  if (layer === "org") return [];
  return (agents.data?.data ?? []).filter(isLive).map(({ id, name, projectId }) => ({
    value: id,
    label: `${names.get(projectId) ?? "…"} / ${name}`,
  }));
}

function isLive({ archivedAt }: { readonly archivedAt: string | null }): boolean {
  return archivedAt === null;
}
