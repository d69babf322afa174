"use client";

/** One project: its agents, the policies in force for them, what it used, and its end. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AgentsOfProject } from "../agents/agents-of-project.tsx";
import { PoliciesInForce } from "../agents/policies-in-force.tsx";
import { UsageTable } from "../agents/usage-table.tsx";
import { ArchiveProject } from "./archive-project.tsx";
import { CAPTURE_LEVELS } from "./capture-level.ts";
import { EditProjectDialog } from "./edit-project-dialog.tsx";
import { RestoreProject } from "./restore-project.tsx";

export function ProjectPage({ id }: { readonly id: string }) {
  const { slug } = useOrg();
  const project = useApi("GET /projects/{id}", { id });
  const crumbs = [{ label: "Projects", href: `/${slug}/projects` }];
  if (project.error !== null) {
    return (
      <>
        <PageHeader title="Project" crumbs={crumbs} />
        <ErrorState error={project.error} retry={() => void project.refetch()} />
      </>
    );
  }
  if (project.data === undefined) {
    return (
      <>
        <PageHeader title="Project" crumbs={crumbs} />
        <SkeletonRows />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={project.data.name}
        crumbs={crumbs}
        actions={<Actions project={project.data} />}
      />
      <Content project={project.data} />
    </>
  );
}

type Project = Output<"GET /projects/{id}">;

function Actions({ project }: { readonly project: Project }) {
  const { can } = useOrg();
  const [isEditing, setEditing] = useState(false);
  const reason = can("projects:write") ? undefined : "Your role may not change projects.";
  if (project.archivedAt !== null) return <RestoreProject project={project} reason={reason} />;
  return (
    <>
      <Button onClick={() => setEditing(true)} disabledReason={reason}>
        Edit
      </Button>
      <ArchiveProject project={project} reason={reason} />
      {isEditing && <EditProjectDialog project={project} onClose={() => setEditing(false)} />}
    </>
  );
}

function Content({ project }: { readonly project: Project }) {
  const level = CAPTURE_LEVELS.find(({ value }) => value === project.captureLevel);
  return (
    <div className="flex flex-col gap-5">
      {project.archivedAt !== null && (
        <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
          <Badge>Archived</Badge>
          <span>
            <Moment at={project.archivedAt} />. Its agents are refused; its records stay.
          </span>
        </p>
      )}
      <KeyValues
        items={[
          { label: "Slug", value: <code className="text-xs">{project.slug}</code> },
          {
            label: "Kept of calls",
            value: (
              <>
                {level?.label} <span className="text-muted">{level?.hint}</span>
              </>
            ),
          },
          { label: "Created", value: <Moment at={project.createdAt} /> },
          { label: "Id", value: <ShortId id={project.id} /> },
        ]}
      />
      <AgentsOfProject project={project} />
      <Card title="Policies in force" flush>
        <PoliciesInForce projectId={project.id} />
      </Card>
      <section aria-labelledby="usage" className="flex flex-col gap-2">
        <h2 id="usage" className="font-semibold text-sm">
          Usage
        </h2>
        <UsageTable whose={{ project: project.id }} />
      </section>
    </div>
  );
}
