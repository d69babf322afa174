"use client";

/** The keys of an agent: made, rotated, revoked; the key itself is shown once. */
import { KeyRound, Plus } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { KeyTable } from "./key-table.tsx";
import { MadeKey } from "./made-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { RotateKeyDialog } from "./rotate-key-dialog.tsx";

export type AgentKey = Item<"GET /agent-keys">;

/** What is open above the list. */
type Open =
  | { readonly what: "made"; readonly key: string; readonly kind: AgentKey["kind"] }
  | { readonly what: "rotate" | "revoke"; readonly agentKey: AgentKey };

interface Props {
  readonly agent: Output<"GET /agents/{id}">;
  /** Where this org's agents send their calls. */
  readonly gateway: string;
}

export function KeysTab({ agent, gateway }: Props) {
  const { can } = useOrg();
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const reason = whyNot(agent.archivedAt !== null, can("agent-keys:write"));
  const create = (
    <Button variant="primary" size="sm" onClick={() => void setNew(true)} disabledReason={reason}>
      <Plus aria-hidden="true" /> New key
    </Button>
  );
  const showMade = ({ key, kind }: Pick<AgentKey, "kind"> & { readonly key: string }) => {
    void setNew(null);
    setOpen({ what: "made", key, kind });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted text-sm">
          A key says which agent calls. Give each client its own, so that one can end alone.
        </p>
        {create}
      </div>
      <Keys
        agent={agent}
        reason={reason}
        onOpen={(what, agentKey) => setOpen({ what, agentKey })}
      />
      {isNew && reason === undefined && (
        <CreateKeyDialog agent={agent} onMade={showMade} onClose={() => void setNew(null)} />
      )}
      {open?.what === "made" && <MadeKey made={open} gateway={gateway} onClose={close} />}
      {open?.what === "rotate" && (
        <RotateKeyDialog agentKey={open.agentKey} onMade={showMade} onClose={close} />
      )}
      {open?.what === "revoke" && <RevokeKey agentKey={open.agentKey} onClose={close} />}
    </div>
  );
}

function whyNot(isArchived: boolean, may: boolean): string | undefined {
  if (isArchived) return "The agent is archived.";
  return may ? undefined : "Your role may not make or end keys.";
}

interface KeysProps {
  readonly agent: Props["agent"];
  readonly reason: string | undefined;
  readonly onOpen: (what: "rotate" | "revoke", agentKey: AgentKey) => void;
}

function Keys({ agent, ...props }: KeysProps) {
  const { endedKeys } = agent;
  return (
    <>
      <KeyList agentId={agent.id} state="working" {...props} />
      {endedKeys > 0 && (
        <Disclosure
          summary={`${endedKeys.toLocaleString("en-US")} ended ${endedKeys === 1 ? "key" : "keys"}`}
        >
          <KeyList agentId={agent.id} state="ended" {...props} />
        </Disclosure>
      )}
    </>
  );
}

interface ListProps extends Omit<KeysProps, "agent"> {
  readonly agentId: string;
  readonly state: "working" | "ended";
}

function KeyList({ agentId, state, reason, onOpen }: ListProps) {
  const keys = usePages("GET /agent-keys", { agent: agentId, state });
  if (keys.error !== null) {
    return <ErrorState error={keys.error} retry={() => void keys.refetch()} />;
  }
  if (keys.isPending) return <SkeletonRows rows={3} />;
  if (keys.items.length === 0) {
    return (
      <EmptyState title="No key works" icon={<KeyRound />}>
        Make one and give it to the client that acts as this agent.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <KeyTable keys={keys.items} reason={reason} onOpen={onOpen} />
      <MoreButton pages={keys} />
    </div>
  );
}
