"use client";

/** A list of agents: when each was seen, what it did and spent in a day, and its keys. */
import { useOrg } from "../../data/org-context.tsx";
import type { Item, useApi, usePages } from "../../data/use-api.ts";
import { VirtualList } from "../../ui/list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";

export type ListedAgent = Item<"GET /agents">;
type Pages = ReturnType<typeof usePages<"GET /agents">>;
export type Usage = ReturnType<typeof useApi<"GET /usage">>["data"];

export const AGENT_ROW_HEIGHT = 52;

interface Props {
  readonly agents: Pages;
  /** Those of them that are shown. */
  readonly items: readonly ListedAgent[];
  /** Of the last day. */
  readonly usage: Usage;
  /** What stands below a name. */
  readonly projectOf?: (agent: ListedAgent) => string;
}

export function AgentRows({ agents, items, usage, projectOf }: Props) {
  const { slug } = useOrg();
  const used = new Map(usage?.byAgent.map((one) => [one.agent.id, one]));
  return (
    <VirtualList
      label="Agents"
      items={items}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/${slug}/agents/${id}`}
      rowHeight={AGENT_ROW_HEIGHT}
      hasMore={agents.hasNextPage}
      loadingMore={agents.isFetchingNextPage}
      onMore={() => void agents.fetchNextPage()}
      head={<Columns />}
    >
      {(agent) => {
        const of = usage === undefined ? undefined : (used.get(agent.id) ?? NOTHING);
        return <AgentRow agent={agent} used={of} project={projectOf?.(agent)} />;
      }}
    </VirtualList>
  );
}

const NOTHING = { calls: 0, costMicros: 0 } as const;

const COLUMNS = {
  seen: "w-28 max-sm:hidden",
  calls: "w-20 text-right tabular-nums max-md:hidden",
  cost: "w-20 text-right",
  keys: "w-12 text-right tabular-nums max-sm:hidden",
} as const;

function Columns() {
  return (
    <span className="flex w-full items-center gap-3">
      <span className="flex-1">Name</span>
      <span className={COLUMNS.seen}>Last seen</span>
      <span className={COLUMNS.calls}>Calls, 24 h</span>
      <span className={COLUMNS.cost}>Spent, 24 h</span>
      <span className={COLUMNS.keys}>Keys</span>
    </span>
  );
}

interface RowProps {
  readonly agent: ListedAgent;
  readonly used: { readonly calls: number; readonly costMicros: number } | undefined;
  readonly project: string | undefined;
}

function AgentRow({ agent, used, project }: RowProps) {
  return (
    <span className="flex w-full min-w-0 items-center gap-3 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{agent.name}</span>
        {project !== undefined && (
          <span className="block truncate text-muted text-xs">{project}</span>
        )}
      </span>
      <span className={COLUMNS.seen}>
        <Moment at={agent.lastSeenAt} />
      </span>
      <span className={COLUMNS.calls}>{used?.calls.toLocaleString("en-US") ?? "…"}</span>
      <span className={COLUMNS.cost}>
        <Money micros={used?.costMicros ?? null} />
      </span>
      <span className={COLUMNS.keys}>{agent.keys}</span>
    </span>
  );
}
