"use client";

/** Gives a connector a new credential; the old one stays in use until the new one has been accepted. */
import { useId, useState } from "react";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { Connector } from "./connector-words.ts";

interface Props {
  readonly connector: Connector;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RotateDialog({ connector, open, onOpenChange }: Props) {
  const form = useId();
  const toast = useToast();
  const rotate = useChange("POST /connectors/{id}/credential", {
    invalidates: ["GET /connectors"],
    onSuccess({ name }) {
      onOpenChange(false);
      toast.show({
        ...{ kind: "good", title: `${name} has a new credential` },
        description: "The old one is gone. Calls under way end with the one they began with.",
      });
    },
  });
  const change = (next: boolean) => {
    rotate.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`Rotate the credential of ${connector.name}`}
      description="The new key takes over at once, for the next call on; the old one is gone for good."
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={rotate.isPending}>
            Rotate
          </Button>
        </>
      }
    >
      <RotateForm id={form} connector={connector} rotate={rotate} />
    </Dialog>
  );
}

interface FormProps {
  readonly id: string;
  readonly connector: Connector;
  readonly rotate: ReturnType<typeof useChange<"POST /connectors/{id}/credential">>;
}

function RotateForm({ id, connector, rotate }: FormProps) {
  const [test, setTest] = useState(true);
  const issue = rotate.error?.issueOf("credential");
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const credential = String(new FormData(event.currentTarget).get("credential")).trim();
    rotate.mutate({ id: connector.id, credential, test });
  };
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={submit}>
      <Field label="New API key" error={issue}>
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
      <Switch
        label="Test it first"
        hint="It takes over only if the upstream accepts it. Otherwise nothing changes."
        checked={test}
        onCheckedChange={setTest}
      />
      {rotate.error !== null && issue === undefined && <ErrorState error={rotate.error} compact />}
    </form>
  );
}
