"use client";

/** Makes an API token: what it is for, what it may do, and when it ends. */
import { useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { EXPIRY_OPTIONS, expiryOf } from "../keys/expiry.ts";
import { ScopePicker } from "./scope-picker.tsx";

interface Props {
  /** What the member may do themselves: more cannot be given. */
  readonly permissions: readonly string[];
  readonly onMade: (made: Output<"POST /api-tokens">) => void;
  readonly onClose: () => void;
}

const WIDTHS = [
  { value: "chosen", label: "Only what I choose" },
  { value: "all", label: "Everything I may", hint: "It follows your role when that changes." },
] as const;

export function NewTokenDialog({ permissions, onMade, onClose }: Props) {
  const [name, setName] = useState("");
  const [width, setWidth] = useState("chosen");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [expiry, setExpiry] = useState("90");
  const create = useChange("POST /api-tokens", {
    invalidates: ["GET /api-tokens"],
    onSuccess: onMade,
  });
  const scopes = width === "all" ? ["*"] : [...chosen];
  const submit = () => {
    create.mutate({ name, scopes, expiresAt: expiryOf(expiry, Date.now()) });
  };
  return (
    <FormDialog
      title="New API token"
      size="lg"
      action="Make token"
      change={create}
      shown={["name"]}
      disabled={scopes.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <Field
          label="Name"
          hint="What it is for, such as the script that holds it."
          error={create.error?.issueOf("name")}
        >
          <Input value={name} onChange={(event) => setName(event.currentTarget.value)} required />
        </Field>
        <Field label="Ends after">
          <Select value={expiry} onValueChange={setExpiry} options={EXPIRY_OPTIONS} />
        </Field>
      </div>
      <RadioGroup label="What it may do" options={WIDTHS} value={width} onValueChange={setWidth} />
      {width === "chosen" && (
        <ScopePicker permissions={permissions} chosen={chosen} onChange={setChosen} />
      )}
    </FormDialog>
  );
}
