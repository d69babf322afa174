"use client";

/** The agents that live in a project. */
import { Bot, Plus } from "lucide-react";
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AGENT_ROW_HEIGHT, AgentRows } from "./agent-rows.tsx";
import { NewAgentDialog } from "./new-agent-dialog.tsx";

interface Props {
  readonly project: Output<"GET /projects/{id}">;
}

export function AgentsOfProject({ project }: Props) {
  const { can } = useOrg();
  const [isNew, setNew] = useState(false);
  const reason =
    project.archivedAt !== null
      ? "The project is archived."
      : can("agents:write")
        ? undefined
        : "Your role may not create agents.";
  return (
    <section aria-labelledby="agents" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 id="agents" className="font-semibold text-sm">
          Agents
        </h2>
        <Button size="sm" onClick={() => setNew(true)} disabledReason={reason}>
          <Plus aria-hidden="true" /> New agent
        </Button>
      </div>
      <Agents projectId={project.id} />
      {isNew && <NewAgentDialog projectId={project.id} onClose={() => setNew(false)} />}
    </section>
  );
}

function Agents({ projectId }: { readonly projectId: string }) {
  const { can } = useOrg();
  const agents = usePages("GET /agents", { project: projectId });
  const usage = useApi("GET /usage", { project: projectId }, { enabled: can("usage:read") });
  if (agents.error !== null) {
    return <ErrorState error={agents.error} retry={() => void agents.refetch()} />;
  }
  if (agents.isPending) return <SkeletonRows rows={2} rowHeight={AGENT_ROW_HEIGHT} />;
  const items = agents.items.filter(({ archivedAt }) => archivedAt === null);
  if (items.length === 0 && !agents.hasNextPage) {
    return (
      <EmptyState title="No agents here" icon={<Bot />}>
        An agent created here is judged by this project's policies.
      </EmptyState>
    );
  }
  return <AgentRows agents={agents} items={items} usage={usage.data} />;
}
