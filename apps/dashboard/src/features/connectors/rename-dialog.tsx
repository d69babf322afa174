"use client";

/** Gives a connector another name. */
import { useId } from "react";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import type { Connector } from "./connector-words.ts";

interface Props {
  readonly connector: Connector;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameDialog({ connector, open, onOpenChange }: Props) {
  const form = useId();
  const rename = useChange("PATCH /connectors/{id}", {
    invalidates: ["GET /connectors"],
    onSuccess: () => onOpenChange(false),
  });
  const issue = rename.error?.issueOf("name");
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        rename.reset();
        onOpenChange(next);
      }}
      title={`Rename ${connector.name}`}
      size="sm"
      footer={
        <Button type="submit" form={form} variant="primary" loading={rename.isPending}>
          Rename
        </Button>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get("name")).trim();
          rename.mutate({ id: connector.id, name });
        }}
      >
        <Field label="Name" hint="Lower-case letters, digits and hyphens." error={issue}>
          <Input name="name" defaultValue={connector.name} maxLength={63} required mono />
        </Field>
        {rename.error !== null && issue === undefined && (
          <ErrorState error={rename.error} compact />
        )}
      </form>
    </Dialog>
  );
}
