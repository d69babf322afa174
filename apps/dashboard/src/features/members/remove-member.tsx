"use client";

/** Removes a member, once their name is typed and somebody has taken over their agent keys. */
import { useState } from "react";
import { useChange } from "../../data/use-api.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { MemberItem } from "./member-table.tsx";

interface Props {
  readonly member: MemberItem;
  /** Who may take over. */
  readonly others: readonly MemberItem[];
  readonly onClose: () => void;
}

export function RemoveMember({ member, others, onClose }: Props) {
  const { show } = useToast();
  const [keysTo, setKeysTo] = useState(others[0]?.id);
  const { id, name, agentKeys } = member;
  const remove = useChange("DELETE /members/{id}", {
    invalidates: ["GET /members", "GET /invitations", "GET /groups", "GET /changes"],
    onSuccess: () => {
      onClose();
      show({ title: `${name} is removed`, kind: "good" });
    },
  });
  return (
    <Confirm
      title={`Remove ${name}?`}
      description="Their API tokens end and this org disappears for them, at once. Their agents go on."
      action="Remove member"
      phrase={name}
      change={remove}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate({ id, ...(agentKeys > 0 && keysTo !== undefined && { keysTo }) })
      }
    >
      {agentKeys > 0 && keysTo !== undefined && (
        <Field
          label={`Who answers for their ${agentKeys} agent ${agentKeys === 1 ? "key" : "keys"} from now on?`}
        >
          <Select
            value={keysTo}
            onValueChange={setKeysTo}
            options={others.map((other) => ({
              value: other.id,
              label: `${other.name} (${other.role})`,
            }))}
          />
        </Field>
      )}
    </Confirm>
  );
}
