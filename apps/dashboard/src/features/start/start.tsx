"use client";

/** From nothing to the first call on one screen: a key, a block to copy, and a panel that waits. */
import { useState } from "react";
import { useApi } from "../../data/use-api.ts";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AddressNote } from "./address-note.tsx";
import type { Connection } from "./blocks.ts";
import { ClientBlocks } from "./client-blocks.tsx";
import { FirstCallPanel } from "./first-call-panel.tsx";
import { KeyForm } from "./key-form.tsx";
import { MadeKey } from "./made-key.tsx";
import type { OrgAddress } from "./org-address.ts";
import { SetupChecklist } from "./setup-checklist.tsx";
import type { StarterChoice } from "./starter-words.ts";
import type { Connected } from "./use-connect.ts";

interface Props {
  readonly address: OrgAddress;
  readonly starters: readonly StarterChoice[];
}

/** Stands where the key would, after a reload. */
const PLACEHOLDER = "ylg_…";

export function Start({ address, starters }: Props) {
  const [connected, setConnected] = useState<Connected | null>(null);
  const agents = useApi("GET /agents", {});
  const [agent] = agents.data?.data.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const connection: Connection = {
    address: address.isResolved ? address.own : (address.bare ?? address.own),
    key: connected?.made.key.key ?? PLACEHOLDER,
    upstream: connected?.upstream ?? "test_model",
  };
  return (
    <>
      <PageHeader
        title="Start"
        description="Three steps to the first governed call. Come back any time: what is done stays done."
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card title="1. An agent and its key">
            <KeyStep connected={connected} starters={starters} onConnected={setConnected} />
          </Card>
          <Card title="2. Point your client here">
            <div className="flex flex-col gap-4">
              <ClientBlocks connection={connection} hasKey={connected !== null} />
              <AddressNote address={address} />
            </div>
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-5">
          <FirstCallPanel
            since={connected === null ? undefined : shortlyBefore(connected.made.key.createdAt)}
            agentId={connected?.made.agent.id ?? agent?.id ?? null}
          />
          <SetupChecklist always />
        </div>
      </div>
    </>
  );
}

/** Clocks of two machines differ a little, and no call may be missed for it. */
const SKEW_MS = 5_000;

function shortlyBefore(moment: string): string {
  return new Date(Date.parse(moment) - SKEW_MS).toISOString();
}

interface StepProps {
  readonly connected: Connected | null;
  readonly starters: readonly StarterChoice[];
  readonly onConnected: (connected: Connected | null) => void;
}

function KeyStep({ connected, starters, onConnected }: StepProps) {
  const projects = useApi("GET /projects", {});
  const connectors = useApi("GET /connectors", {});
  if (connected !== null) {
    return <MadeKey connected={connected} onAgain={() => onConnected(null)} />;
  }
  const failed = [projects, connectors].find(({ error }) => error !== null);
  if (failed?.error) {
    return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  }
  if (projects.data === undefined || connectors.data === undefined)
    return <SkeletonRows rows={4} />;
  return (
    <KeyForm
      projects={projects.data.data}
      connectors={connectors.data.data}
      starters={starters}
      onConnected={onConnected}
    />
  );
}
