"use client";

/** One agent: what it did and spent, its sessions, its keys, and what it may do. */
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AgentActions } from "./agent-actions.tsx";
import { AgentOverview } from "./agent-overview.tsx";
import { AgentSessions } from "./agent-sessions.tsx";

// Tabs beyond the first come when they are opened.
const KeysTab = dynamic(async () => (await import("../keys/keys-tab.tsx")).KeysTab);
const WhatItMayDo = dynamic(async () => (await import("./what-it-may-do.tsx")).WhatItMayDo);

type Agent = Output<"GET /agents/{id}">;

const TABS = ["overview", "sessions", "keys", "permissions"] as const;

interface Props {
  readonly id: string;
  /** Where this org's agents send their calls. */
  readonly gateway: string;
}

export function AgentPage({ id, gateway }: Props) {
  const { slug } = useOrg();
  const agent = useApi("GET /agents/{id}", { id });
  const crumbs = [{ label: "Agents", href: `/${slug}/agents` }];
  if (agent.data === undefined) {
    return (
      <>
        <PageHeader title="Agent" crumbs={crumbs} />
        {agent.error === null ? (
          <SkeletonRows />
        ) : (
          <ErrorState error={agent.error} retry={() => void agent.refetch()} />
        )}
      </>
    );
  }
  const { project } = agent.data;
  return (
    <>
      <PageHeader
        title={<Title agent={agent.data} />}
        description={<Seen agent={agent.data} />}
        crumbs={[...crumbs, { label: project.name, href: `/${slug}/projects/${project.id}` }]}
        actions={<AgentActions agent={agent.data} />}
      />
      <AgentTabs agent={agent.data} gateway={gateway} />
    </>
  );
}

function Title({ agent }: { readonly agent: Agent }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {agent.name}
      {agent.archivedAt !== null && <Badge>Archived</Badge>}
    </span>
  );
}

function Seen({ agent }: { readonly agent: Agent }) {
  if (agent.lastSeenAt === null) return "No call yet.";
  return (
    <>
      Last seen <Moment at={agent.lastSeenAt} />
      {agent.firstSeenAt !== null && (
        <>
          , first <Moment at={agent.firstSeenAt} />
        </>
      )}
      .
    </>
  );
}

interface TabsProps {
  readonly agent: Agent;
  readonly gateway: string;
}

function AgentTabs({ agent, gateway }: TabsProps) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("overview"));
  const show = (value: string) => {
    const next = TABS.find((one) => one === value);
    if (next !== undefined) void setTab(next, { history: "push" });
  };
  return (
    <Tabs
      label="Agent"
      value={tab}
      onValueChange={show}
      tabs={[
        { value: "overview", label: "Overview", content: <AgentOverview agent={agent} /> },
        { value: "sessions", label: "Sessions", content: <AgentSessions agent={agent} /> },
        {
          value: "keys",
          label: `Keys (${agent.keys})`,
          content: <KeysTab agent={agent} gateway={gateway} />,
        },
        { value: "permissions", label: "What may it do?", content: <WhatItMayDo agent={agent} /> },
      ]}
    />
  );
}
