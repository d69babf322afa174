"use client";

/** Adds a connector. The credential is typed here once; it is in no address, no attribute and no store of the page. */
import { useId, useState } from "react";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Switch } from "../../ui/switch.tsx";
import { type Connector, MODES, type Mode } from "./connector-words.ts";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onAdded: (connector: Connector) => void;
  /** Whether calls go somewhere already: then a new one takes over only when told to. */
  readonly hasDefault: boolean;
}

export function AddDialog({ open, onOpenChange, onAdded, hasDefault }: Props) {
  const form = useId();
  const add = useChange("POST /connectors", {
    invalidates: ["GET /connectors"],
    onSuccess(connector) {
      onOpenChange(false);
      onAdded(connector);
    },
  });
  const change = (next: boolean) => {
    add.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Add a connector"
      description="Where calls by live keys go once the policy has allowed them."
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={add.isPending}>
            Add and test
          </Button>
        </>
      }
    >
      <AddForm id={form} hasDefault={hasDefault} add={add} />
    </Dialog>
  );
}

interface FormProps {
  readonly id: string;
  readonly hasDefault: boolean;
  readonly add: ReturnType<typeof useChange<"POST /connectors">>;
}

function AddForm({ id, hasDefault, add }: FormProps) {
  const [mode, setMode] = useState<Mode>("vaulted");
  const [isDefault, setDefault] = useState(!hasDefault);
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const shared = {
      ...({ name: String(form.get("name")), provider: "anthropic", isDefault } as const),
      baseUrl: String(form.get("baseUrl") ?? "").trim() || undefined,
    };
    const credential = String(form.get("credential") ?? "").trim();
    add.mutate(mode === "vaulted" ? { ...shared, mode, credential } : { ...shared, mode });
  };
  const issueOf = (field: string) => add.error?.issueOf(field);
  const isTold = ["name", "credential", "baseUrl"].some((field) => issueOf(field) !== undefined);
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={submit}>
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
      {add.error !== null && !isTold && <ErrorState error={add.error} compact />}
    </form>
  );
}

function KeyFields({ issueOf }: { readonly issueOf: (field: string) => string | undefined }) {
  return (
    <>
      <Field
        label="API key"
        hint="From console.anthropic.com. It is never shown again, to anybody."
        error={issueOf("credential")}
      >
        <Input
          name="credential"
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="sk-ant-…"
          required
          mono
        />
      </Field>
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
