"use client";

/** The first step: project, agent, starter policy and upstream, with sensible names; one button makes the key. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import type { Upstream } from "./blocks.ts";
import { type StarterChoice, starterWords } from "./starter-words.ts";
import { preparationFor } from "./upstream-choice.ts";
import { UpstreamFields } from "./upstream-fields.tsx";
import { type Connected, useConnect } from "./use-connect.ts";

export const BUILDERS_ONLY = "Owners, admins and developers make keys.";

interface Props {
  readonly projects: Output<"GET /projects">["data"];
  readonly connectors: Output<"GET /connectors">["data"];
  readonly starters: readonly StarterChoice[];
  readonly onConnected: (connected: Connected) => void;
}

const NO_STARTER = "none";
const FIELDS = ["project", "agent", "credential"];

export function KeyForm({ projects, connectors, starters, onConnected }: Props) {
  const { can } = useOrg();
  const [first] = projects.filter(({ archivedAt }) => archivedAt === null);
  const [project, setProject] = useState(first?.slug ?? "default");
  const [upstream, setUpstream] = useState<Upstream>("test_model");
  const connect = useConnect(onConnected);
  const isNew = projects.every(({ slug }) => slug !== project.trim());
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const starter = isNew ? starters.find(({ id }) => id === form.get("starter"))?.id : undefined;
    const agent = String(form.get("agent")).trim();
    connect.mutate({
      ...{ upstream, preparation: preparationFor(upstream, connectors) },
      credential: String(form.get("credential") ?? "").trim(),
      agent: { project: project.trim(), agent, ...(starter !== undefined && { starter }) },
    });
  };
  const issueOf = (field: string) => connect.error?.issueOf(field);
  const isTold = FIELDS.some((field) => issueOf(field) !== undefined);
  return (
    <form className="flex flex-col gap-5" onSubmit={submit}>
      <NameFields project={project} onProject={setProject} issueOf={issueOf} />
      {isNew ? <StarterField starters={starters} /> : <PresentPolicy project={project} />}
      <UpstreamFields
        value={upstream}
        onValueChange={setUpstream}
        connectors={connectors}
        issue={issueOf("credential")}
      />
      {connect.error !== null && !isTold && <ErrorState error={connect.error} compact />}
      <div>
        <Button
          type="submit"
          variant="primary"
          loading={connect.isPending}
          disabledReason={can("agent-keys:write") ? undefined : BUILDERS_ONLY}
        >
          Make the key
        </Button>
      </div>
    </form>
  );
}

interface NameProps {
  readonly project: string;
  readonly onProject: (project: string) => void;
  readonly issueOf: (field: string) => string | undefined;
}

function NameFields({ project, onProject, issueOf }: NameProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Project" hint="A unit of policy." error={issueOf("project")}>
        <Input
          name="project"
          value={project}
          onChange={(event) => onProject(event.currentTarget.value)}
          maxLength={63}
          autoComplete="off"
          required
          mono
        />
      </Field>
      <Field label="Agent" hint="Who acts: it stands on every record." error={issueOf("agent")}>
        <Input
          name="agent"
          defaultValue="claude-code"
          maxLength={63}
          autoComplete="off"
          required
          mono
        />
      </Field>
    </div>
  );
}

function StarterField({ starters }: { readonly starters: readonly StarterChoice[] }) {
  const [chosen, setChosen] = useState(starters[0]?.id ?? NO_STARTER);
  return (
    <Field label="Starter policy" hint={<StarterHint id={chosen} />}>
      <Select
        name="starter"
        className="w-full"
        value={chosen}
        onValueChange={setChosen}
        options={[
          ...starters.map(({ id, title }) => ({ value: id, label: title })),
          { value: NO_STARTER, label: "None: everything is denied until you publish one" },
        ]}
      />
    </Field>
  );
}

function StarterHint({ id }: { readonly id: string }) {
  const words = starterWords(id);
  if (words === undefined) return "What no rule allows is denied.";
  return (
    <>
      {words} It starts in <strong>evaluate</strong> for a day: calls pass, and each record says
      what would have been decided. Only what a rule always denies is refused: tools and MCP servers
      that the provider would run itself. Then it is enforced.
    </>
  );
}

function PresentPolicy({ project }: { readonly project: string }) {
  return (
    <p className="text-muted text-sm">
      The project <span className="font-mono">{project}</span> is there already: its policy decides.
    </p>
  );
}
