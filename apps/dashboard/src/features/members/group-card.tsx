"use client";

/** One group: who is in it, and what can be done about it. */
import { X } from "lucide-react";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Select } from "../../ui/select.tsx";
import { GroupNameDialog } from "./group-name-dialog.tsx";
import { WRITE_REASON } from "./roles.ts";

interface Props {
  readonly group: Item<"GET /groups">;
  readonly members: readonly Item<"GET /members">[];
}

const INVALIDATES = ["GET /groups", "GET /members", "GET /changes"] as const;

export function GroupCard({ group, members }: Props) {
  const { can } = useOrg();
  const [question, setQuestion] = useState<"rename" | "delete">();
  const reason = can("groups:write") ? undefined : WRITE_REASON;
  return (
    <Card
      title={group.name}
      actions={
        <>
          <Button
            size="sm"
            variant="ghost"
            disabledReason={reason}
            onClick={() => setQuestion("rename")}
          >
            Rename
          </Button>
          <Button
            size="sm"
            variant="ghost"
            disabledReason={reason}
            onClick={() => setQuestion("delete")}
          >
            Delete
          </Button>
        </>
      }
    >
      <GroupMembers group={group} members={members} />
      {question === "rename" && (
        <GroupNameDialog group={group} onClose={() => setQuestion(undefined)} />
      )}
      {question === "delete" && (
        <DeleteGroup group={group} onClose={() => setQuestion(undefined)} />
      )}
    </Card>
  );
}

function GroupMembers({ group, members }: Props) {
  const { can } = useOrg();
  const add = useChange("POST /groups/{id}/members", { invalidates: INVALIDATES });
  const remove = useChange("DELETE /groups/{id}/members/{memberId}", { invalidates: INVALIDATES });
  const inside = members.filter(({ id }) => group.memberIds.includes(id));
  const outside = members.filter(({ id }) => !group.memberIds.includes(id));
  const error = add.error ?? remove.error;
  return (
    <div className="flex flex-col gap-3">
      {inside.length === 0 && <p className="text-muted text-sm">Nobody is in this group yet.</p>}
      <ul className="flex flex-wrap gap-2">
        {inside.map(({ id, name }) => (
          <li
            key={id}
            className="inline-flex min-h-8 items-center gap-1 rounded-md border border-line bg-well pl-2.5 text-sm"
          >
            {name}
            {can("groups:write") ? (
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Take ${name} out of ${group.name}`}
                onClick={() => remove.mutate({ id: group.id, memberId: id })}
              >
                <X aria-hidden="true" />
              </Button>
            ) : (
              <span className="pr-2.5" />
            )}
          </li>
        ))}
      </ul>
      {can("groups:write") && outside.length > 0 && (
        <Select
          className="max-w-64"
          aria-label={`Add a member to ${group.name}`}
          value=""
          onValueChange={(memberId) => add.mutate({ id: group.id, memberId })}
          options={[
            { value: "", label: "Add a member …", disabled: true },
            ...outside.map(({ id, name, role }) => ({ value: id, label: `${name} (${role})` })),
          ]}
        />
      )}
      {error !== null && <ErrorState error={error} compact />}
    </div>
  );
}

interface DeleteProps {
  readonly group: Item<"GET /groups">;
  readonly onClose: () => void;
}

function DeleteGroup({ group, onClose }: DeleteProps) {
  const remove = useChange("DELETE /groups/{id}", { invalidates: INVALIDATES, onSuccess: onClose });
  return (
    <Confirm
      title={`Delete ${group.name}?`}
      description="Its members stay members of the org. Rules that name it find nobody."
      action="Delete group"
      phrase={group.name}
      change={remove}
      onClose={onClose}
      onConfirm={() => remove.mutate({ id: group.id })}
    />
  );
}
