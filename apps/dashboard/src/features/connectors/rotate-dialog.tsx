"use client";

/** Gives a connector a new credential; the old one stays in use until the new one has been accepted. */
import { useState } from "react";
import { useChange } from "../../data/use-api.ts";
import { FormDialog, textOf } from "../../ui/form-dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { Connector } from "./connector-words.ts";
import { CredentialField } from "./credential-field.tsx";

interface Props {
  readonly connector: Connector;
  readonly onClose: () => void;
}

export function RotateDialog({ connector, onClose }: Props) {
  const { id, name } = connector;
  const [test, setTest] = useState(true);
  const { show } = useToast();
  const rotate = useChange("POST /connectors/{id}/credential", {
    invalidates: ["GET /connectors"],
    onSuccess() {
      onClose();
      show({
        ...{ kind: "good", title: `${name} has a new credential` },
        description: "The old one is gone. Calls under way end with the one they began with.",
      });
    },
  });
  return (
    <FormDialog
      title={`Rotate the credential of ${name}`}
      description="The new key takes over at once, for the next call on; the old one is gone for good."
      action="Rotate"
      change={rotate}
      shown={["credential"]}
      onSubmit={(entered) => rotate.mutate({ id, credential: textOf(entered, "credential"), test })}
      onClose={onClose}
    >
      <CredentialField label="New API key" error={rotate.error?.issueOf("credential")} />
      <Switch
        label="Test it first"
        hint="It takes over only if the upstream accepts it. Otherwise nothing changes."
        checked={test}
        onCheckedChange={setTest}
      />
    </FormDialog>
  );
}
