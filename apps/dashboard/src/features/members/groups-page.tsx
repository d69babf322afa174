"use client";

/** Groups of members, which rules name when they ask a person. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { GroupCard } from "./group-card.tsx";
import { GroupNameDialog } from "./group-name-dialog.tsx";
import { WRITE_REASON } from "./roles.ts";

const MEMBERS_SHOWN = 200;

export function GroupsPage() {
  const { can } = useOrg();
  const groups = usePages("GET /groups", {});
  const { items, error, isPending, refetch } = groups;
  const members = useApi("GET /members", { limit: MEMBERS_SHOWN });
  const [making, setMaking] = useState(false);
  const newGroup = (
    <Button
      variant="primary"
      onClick={() => setMaking(true)}
      disabledReason={can("groups:write") ? undefined : WRITE_REASON}
    >
      <Plus aria-hidden="true" /> New group
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Groups"
        description="Approval rules name groups with “by”: whoever is in one can decide."
        actions={newGroup}
      />
      {isPending && <Skeleton className="h-40" />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {!isPending && error === null && items.length === 0 && (
        <EmptyState title="No groups yet">
          Make one for those who decide together, such as “on call”.
        </EmptyState>
      )}
      <ul className="flex flex-col gap-4">
        {items.map((group) => (
          <li key={group.id}>
            <GroupCard group={group} members={members.data?.data ?? []} />
          </li>
        ))}
      </ul>
      <MoreButton pages={groups} />
      {making && <GroupNameDialog onClose={() => setMaking(false)} />}
    </>
  );
}
