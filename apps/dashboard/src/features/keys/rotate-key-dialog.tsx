"use client";

/** Rotates a key: when the old one ends is chosen here, so that no call fails meanwhile. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import type { AgentKey } from "./keys-tab.tsx";
import { LastUsed } from "./last-used.tsx";

interface Props {
  readonly agentKey: AgentKey;
  readonly onMade: (made: Output<"POST /agent-keys/{id}/rotate">) => void;
  readonly onClose: () => void;
}

const GRACES = [
  { value: "none", label: "At once", hint: "Calls with the old key are refused immediately." },
  { value: "15m", label: "In 15 minutes" },
  { value: "1h", label: "In an hour" },
  { value: "24h", label: "In 24 hours" },
] as const;
type Grace = (typeof GRACES)[number]["value"];

export function RotateKeyDialog({ agentKey, onMade, onClose }: Props) {
  const [grace, setGrace] = useState<Grace>("1h");
  const rotate = useChange("POST /agent-keys/{id}/rotate", {
    invalidates: ["GET /agent-keys", "GET /agents", "GET /agents/{id}", "GET /projects"],
    onSuccess: onMade,
  });
  const { name, prefix, lastFour, lastUsedAt } = agentKey;
  return (
    <FormDialog
      title={`Rotate ${name ?? "key"}`}
      description={
        <>
          <code>
            {prefix}…{lastFour}
          </code>
          , <LastUsed at={lastUsedAt} />. A new key takes over; until the old one ends, both work.
        </>
      }
      action="Rotate key"
      change={rotate}
      onSubmit={() => rotate.mutate({ id: agentKey.id, grace })}
      onClose={onClose}
    >
      <RadioGroup
        label="The old key ends"
        options={GRACES}
        value={grace}
        onValueChange={(next) =>
          setGrace(GRACES.find(({ value }) => value === next)?.value ?? "1h")
        }
      />
    </FormDialog>
  );
}
