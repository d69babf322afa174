"use client";

/** The members: role, groups, and what they answer for. */
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, useChange, usePages } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { Select } from "../../ui/select.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { useToast } from "../../ui/toast.tsx";
import { RemoveMember } from "./remove-member.tsx";
import { roleOf, rolesFor, WRITE_REASON } from "./roles.ts";

export type MemberItem = Item<"GET /members">;

export function MemberTable({ ownEmail }: { readonly ownEmail: string }) {
  const members = usePages("GET /members", {});
  const { items, error, isPending, refetch } = members;
  const [leaving, setLeaving] = useState<MemberItem>();
  if (isPending) return <Skeleton className="h-40" />;
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-3">
      <Table label="Members">
        <Head>
          <Cell>Member</Cell>
          <Cell>Role</Cell>
          <Cell>Groups</Cell>
          <Cell align="right">Agent keys</Cell>
          <Cell>Joined</Cell>
          <Cell>
            <span className="sr-only">Actions</span>
          </Cell>
        </Head>
        <tbody>
          {items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isSelf={member.email === ownEmail}
              onRemove={() => setLeaving(member)}
            />
          ))}
        </tbody>
      </Table>
      <MoreButton pages={members} />
      {leaving !== undefined && (
        <RemoveMember
          member={leaving}
          others={items.filter(({ id }) => id !== leaving.id)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </div>
  );
}

interface RowProps {
  readonly member: MemberItem;
  readonly isSelf: boolean;
  readonly onRemove: () => void;
}

function MemberRow({ member, isSelf, onRemove }: RowProps) {
  const { name, email, secondFactor, groups, agentKeys, createdAt } = member;
  return (
    <Row>
      <Cell>
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          {isSelf && <Badge>You</Badge>}
          {secondFactor && <Badge tone="good">2FA</Badge>}
        </p>
        <p className="min-w-36 break-all text-muted text-xs">{email}</p>
      </Cell>
      <Cell>
        <RoleChoice member={member} />
      </Cell>
      <Cell>
        <span className="text-muted">{groups.map((group) => group.name).join(", ") || "–"}</span>
      </Cell>
      <Cell align="right">{agentKeys}</Cell>
      <Cell>
        <Moment at={createdAt} />
      </Cell>
      <Cell align="right">
        <RemoveButton member={member} onRemove={onRemove} />
      </Cell>
    </Row>
  );
}

function RoleChoice({ member }: { readonly member: MemberItem }) {
  const { can, role: own } = useOrg();
  const { show } = useToast();
  const update = useChange("PATCH /members/{id}", {
    invalidates: ["GET /members", "GET /changes"],
    onSuccess: ({ name, role }) => show({ title: `${name} is ${role} now`, kind: "good" }),
  });
  // Kept here, and not read from the change: that knows it a moment later, and a key pressed meanwhile would choose again.
  const [chosen, setChosen] = useState<string>();
  const mayChange = can("members:write") && (own === "owner" || member.role !== "owner");
  if (!mayChange) return <Badge>{member.role}</Badge>;
  const change = (value: string) => {
    setChosen(value);
    update.mutate(
      { id: member.id, role: roleOf(value) },
      {
        onError: ({ message }) => show({ title: message, kind: "bad" }),
        onSettled: () => setChosen(undefined),
      },
    );
  };
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      value={chosen ?? member.role}
      onValueChange={change}
      options={rolesFor(own).map((role) => ({ value: role, label: role }))}
    />
  );
}

function RemoveButton({ member, onRemove }: Omit<RowProps, "isSelf">) {
  const { can, role } = useOrg();
  const reason = !can("members:write")
    ? WRITE_REASON
    : member.role === "owner" && role !== "owner"
      ? "Only an owner removes an owner."
      : undefined;
  return (
    <Button
      size="sm"
      variant="ghost"
      onClick={onRemove}
      disabledReason={reason}
      aria-label={`Remove ${member.name}`}
    >
      Remove
    </Button>
  );
}
