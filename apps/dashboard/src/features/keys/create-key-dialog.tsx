"use client";

/** Makes an agent key: what it is for, which kind, and when it ends. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { EXPIRY_OPTIONS, expiryOf } from "./expiry.ts";

interface Props {
  readonly agent: Output<"GET /agents/{id}">;
  readonly onMade: (made: Output<"POST /agent-keys">) => void;
  readonly onClose: () => void;
}

const KINDS = [
  { value: "live", label: "Live", hint: "Calls go to the org's connectors." },
  { value: "test", label: "Test", hint: "Calls reach the built-in test model only, for free." },
] as const;

export function CreateKeyDialog({ agent, onMade, onClose }: Props) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"live" | "test">("live");
  const [expiry, setExpiry] = useState("90");
  const create = useChange("POST /agent-keys", {
    invalidates: ["GET /agent-keys", "GET /agents", "GET /agents/{id}", "GET /projects"],
    onSuccess: onMade,
  });
  const submit = () => {
    const expiresAt = expiryOf(expiry, Date.now());
    create.mutate({ agentId: agent.id, name: name.trim() || null, kind, expiresAt });
  };
  return (
    <FormDialog
      title={`New key for ${agent.name}`}
      action="Make key"
      change={create}
      shown={["name"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Name"
        optional
        hint="What it is for, such as the machine or the pipeline."
        error={create.error?.issueOf("name")}
      >
        <Input value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
      <RadioGroup
        label="Kind"
        options={KINDS}
        value={kind}
        onValueChange={(next) => setKind(next === "test" ? "test" : "live")}
      />
      <Field label="Ends after">
        <Select value={expiry} onValueChange={setExpiry} options={EXPIRY_OPTIONS} />
      </Field>
    </FormDialog>
  );
}
