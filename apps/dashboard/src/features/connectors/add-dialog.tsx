"use client";

/** Adds a connector. */
import { useState } from "react";
import { useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog, textOf } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Switch } from "../../ui/switch.tsx";
import { type Connector, MODES, type Mode } from "./connector-words.ts";
import { CredentialField } from "./credential-field.tsx";

interface Props {
  readonly onAdded: (connector: Connector) => void;
  readonly onClose: () => void;
  /** Whether calls go somewhere already: then a new one takes over only when told to. */
  readonly hasDefault: boolean;
}

export function AddDialog({ onAdded, onClose, hasDefault }: Props) {
  const [mode, setMode] = useState<Mode>("vaulted");
  const [isDefault, setDefault] = useState(!hasDefault);
  const add = useChange("POST /connectors", {
    invalidates: ["GET /connectors"],
    onSuccess(connector) {
      onClose();
      onAdded(connector);
    },
  });
  const submit = (entered: FormData) => {
    const shared = {
      ...({ name: textOf(entered, "name"), provider: "anthropic", isDefault } as const),
      baseUrl: textOf(entered, "baseUrl") || undefined,
    };
    const credential = textOf(entered, "credential");
    add.mutate(mode === "vaulted" ? { ...shared, mode, credential } : { ...shared, mode });
  };
  const issueOf = (field: string) => add.error?.issueOf(field);
  return (
    <FormDialog
      title="Add a connector"
      description="Where calls by live keys go once the policy has allowed them."
      action="Add and test"
      change={add}
      shown={["name", "credential", "baseUrl"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <RadioGroup
        label="Whose credential"
        cards
        value={mode}
        onValueChange={(value) => setMode(value === "vaulted" ? "vaulted" : "client_credential")}
        options={(["vaulted", "client_credential"] as const).map((value) => ({
          ...{ value, label: MODES[value].label, hint: MODES[value].hint },
        }))}
      />
      <Field label="Name" hint="Lower-case letters, digits and hyphens." error={issueOf("name")}>
        <Input
          key={mode}
          name="name"
          defaultValue={MODES[mode].name}
          maxLength={63}
          required
          mono
        />
      </Field>
      {mode === "vaulted" && <KeyFields issueOf={issueOf} />}
      {hasDefault && (
        <Switch
          label="Make it the default"
          hint="Calls to Anthropic take it from the next one on."
          checked={isDefault}
          onCheckedChange={setDefault}
        />
      )}
    </FormDialog>
  );
}

function KeyFields({ issueOf }: { readonly issueOf: (field: string) => string | undefined }) {
  return (
    <>
      <CredentialField
        label="API key"
        hint="From console.anthropic.com. It is never shown again, to anybody."
        error={issueOf("credential")}
      />
      <Field
        label="Address"
        optional
        hint="Only where something of yours stands before Anthropic: https, a public name."
        error={issueOf("baseUrl")}
      >
        <Input name="baseUrl" type="url" placeholder="https://api.anthropic.com" mono />
      </Field>
    </>
  );
}
