"use client";

/** The org's projects, with what stands in each. */
import { FolderClosed, Plus } from "lucide-react";
import { parseAsBoolean, parseAsStringLiteral, useQueryState } from "nuqs";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, usePages } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { VirtualList } from "../../ui/list.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { NewProjectDialog, type StarterChoice } from "./new-project-dialog.tsx";

type Project = Item<"GET /projects">;

const SHOWN = ["live", "archived"] as const;
const ROW_HEIGHT = 52;

export function ProjectList({ starters }: { readonly starters: readonly StarterChoice[] }) {
  const { can } = useOrg();
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [shown, setShown] = useQueryState("show", parseAsStringLiteral(SHOWN).withDefault("live"));
  const projects = usePages("GET /projects", {});
  const create = (
    <Button
      variant="primary"
      onClick={() => void setNew(true)}
      disabledReason={can("projects:write") ? undefined : "Your role may not create projects."}
    >
      <Plus aria-hidden="true" /> New project
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Projects"
        description="Units of policy. Agents and their keys live in one."
        actions={
          <>
            <Segmented
              label="Which projects"
              options={[
                { value: "live", label: "Live" },
                { value: "archived", label: "Archived" },
              ]}
              value={shown}
              onValueChange={(next) => void setShown(next)}
            />
            {create}
          </>
        }
      />
      <Projects projects={projects} archived={shown === "archived"} create={create} />
      {isNew && <NewProjectDialog starters={starters} onClose={() => void setNew(null)} />}
    </>
  );
}

interface ProjectsProps {
  readonly projects: ReturnType<typeof usePages<"GET /projects">>;
  readonly archived: boolean;
  readonly create: React.ReactNode;
}

function Projects({ projects, archived, create }: ProjectsProps) {
  const { slug } = useOrg();
  if (projects.error !== null) {
    return <ErrorState error={projects.error} retry={() => void projects.refetch()} />;
  }
  if (projects.isPending) return <SkeletonRows rows={4} rowHeight={ROW_HEIGHT} />;
  const items = projects.items.filter(({ archivedAt }) => (archivedAt !== null) === archived);
  if (items.length === 0 && !projects.hasNextPage) {
    return archived ? (
      <EmptyState title="Nothing is archived" icon={<FolderClosed />} />
    ) : (
      <EmptyState title="No projects yet" icon={<FolderClosed />} action={create}>
        Create one, then an agent in it, and you have an agent key to connect a client with.
      </EmptyState>
    );
  }
  return (
    <VirtualList
      label="Projects"
      items={items}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/${slug}/projects/${id}`}
      rowHeight={ROW_HEIGHT}
      hasMore={projects.hasNextPage}
      loadingMore={projects.isFetchingNextPage}
      onMore={() => void projects.fetchNextPage()}
    >
      {(project) => <ProjectRow project={project} />}
    </VirtualList>
  );
}

function ProjectRow({ project }: { readonly project: Project }) {
  const { name, slug, captureLevel, agents, keys } = project;
  return (
    <span className="flex w-full min-w-0 items-center gap-3 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <code className="block truncate text-muted text-xs">{slug}</code>
      </span>
      <span className="max-sm:hidden">
        <Badge title="What is kept of its calls">{captureLevel}</Badge>
      </span>
      <span className="shrink-0 text-right text-muted text-xs tabular-nums sm:w-40">
        {count(agents, "agent")} · {count(keys, "key")}
      </span>
    </span>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
