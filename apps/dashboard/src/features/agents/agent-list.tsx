"use client";

/** The org's agents, by project and name. */
import { Bot, Plus } from "lucide-react";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { ChoiceFilter, FilterBar, TextFilter } from "../../ui/filter-bar.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AGENT_ROW_HEIGHT, AgentRows } from "./agent-rows.tsx";
import { NewAgentDialog } from "./new-agent-dialog.tsx";

const SHOWN = ["live", "archived"] as const;

export function AgentList() {
  const { can } = useOrg();
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const create = (
    <Button
      variant="primary"
      onClick={() => void setNew(true)}
      disabledReason={can("agents:write") ? undefined : "Your role may not create agents."}
    >
      <Plus aria-hidden="true" /> New agent
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Agents"
        description="Who acts. Each has keys of its own and a record of everything it did."
        actions={create}
      />
      <Filtered create={create} />
      {isNew && <NewAgentDialog onClose={() => void setNew(null)} />}
    </>
  );
}

function Filtered({ create }: { readonly create: React.ReactNode }) {
  const [project, setProject] = useQueryState("project", parseAsString.withDefault(""));
  const [text, setText] = useQueryState("text", parseAsString.withDefault(""));
  const [shown, setShown] = useQueryState("show", parseAsStringLiteral(SHOWN).withDefault("live"));
  const projects = useApi("GET /projects", {});
  const options = (projects.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <FilterBar>
        <TextFilter
          label="Find an agent by name"
          placeholder="Find by name"
          value={text}
          onChange={(next) => void setText(next || null)}
        />
        <ChoiceFilter
          label="Project"
          value={project}
          onChange={(next) => void setProject(next || null)}
          options={[{ value: "", label: "All projects" }, ...options]}
        />
        <Segmented
          label="Which agents"
          options={[
            { value: "live", label: "Live" },
            { value: "archived", label: "Archived" },
          ]}
          value={shown}
          onValueChange={(next) => void setShown(next)}
        />
      </FilterBar>
      <Agents {...{ project, text, create }} archived={shown === "archived"} />
    </>
  );
}

interface AgentsProps {
  /** An id; empty: every project. */
  readonly project: string;
  readonly text: string;
  readonly archived: boolean;
  readonly create: React.ReactNode;
}

function Agents({ project, text, archived, create }: AgentsProps) {
  const { can } = useOrg();
  const agents = usePages("GET /agents", project === "" ? {} : { project }, { keepPrevious: true });
  const projects = useApi("GET /projects", {});
  const usage = useApi("GET /usage", {}, { enabled: can("usage:read") });
  if (agents.error !== null) {
    return <ErrorState error={agents.error} retry={() => void agents.refetch()} />;
  }
  if (agents.isPending) return <SkeletonRows rows={6} rowHeight={AGENT_ROW_HEIGHT} />;
  const names = new Map(projects.data?.data.map(({ id, name }) => [id, name]));
  const items = agents.items.filter(
    ({ name, archivedAt }) =>
      (archivedAt !== null) === archived && name.includes(text.trim().toLowerCase()),
  );
  if (items.length === 0 && !agents.hasNextPage) {
    const isFiltered = text !== "" || project !== "";
    return <NoAgents {...{ isFiltered, archived, create }} />;
  }
  return (
    <AgentRows
      {...{ agents, items }}
      usage={usage.data}
      projectOf={({ projectId }) => names.get(projectId) ?? ""}
    />
  );
}

interface NoAgentsProps {
  readonly isFiltered: boolean;
  readonly archived: boolean;
  readonly create: React.ReactNode;
}

function NoAgents({ isFiltered, archived, create }: NoAgentsProps) {
  const { slug } = useOrg();
  if (isFiltered) {
    return (
      <EmptyState title="No agent matches" icon={<Bot />}>
        Change or clear what you look for above.
      </EmptyState>
    );
  }
  if (archived) return <EmptyState title="Nothing is archived" icon={<Bot />} />;
  return (
    <EmptyState title="No agents yet" icon={<Bot />} action={create}>
      An agent is an identity that a client acts under. Create one here, or{" "}
      <a href={`/${slug}/start`} className="text-link underline underline-offset-3">
        connect a client
      </a>{" "}
      step by step.
    </EmptyState>
  );
}
