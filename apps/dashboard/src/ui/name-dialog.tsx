"use client";

/** Asks for a name: a first one, or another. */
import { Field } from "./field.tsx";
import { FormDialog, type FormDialogProps, textOf } from "./form-dialog.tsx";
import { Input } from "./input.tsx";

interface Props
  extends Pick<FormDialogProps, "title" | "description" | "action" | "change" | "onClose"> {
  readonly name?: string;
  readonly hint?: string;
  /** A name for programs. */
  readonly mono?: boolean;
  readonly onName: (name: string) => void;
}

const LONGEST = 100;
const LONGEST_SLUG = 63;

export function NameDialog({ name = "", hint, mono = false, onName, ...dialog }: Props) {
  return (
    <FormDialog
      {...dialog}
      size="sm"
      shown={["name"]}
      onSubmit={(entered) => onName(textOf(entered, "name"))}
    >
      <Field label="Name" hint={hint} error={dialog.change.error?.issueOf("name")}>
        <Input
          name="name"
          defaultValue={name}
          maxLength={mono ? LONGEST_SLUG : LONGEST}
          autoComplete="off"
          mono={mono}
          required
        />
      </Field>
    </FormDialog>
  );
}
