"use client";

import { Field } from "../../ui/field.tsx";
/** Asks for the password again before something that concerns how one signs in. */
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { useAsk } from "../people/use-ask.ts";

interface Props {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly onAnswer: (password: string) => Promise<void>;
  readonly onClose: () => void;
}

export function PasswordDialog({ title, description, action, onAnswer, onClose }: Props) {
  const { busy, error, run } = useAsk();
  return (
    <FormDialog
      title={title}
      description={description}
      size="sm"
      action={action}
      change={{ isPending: busy, error: error ?? null }}
      onSubmit={(entered) => void run(() => onAnswer(String(entered.get("password"))))}
      onClose={onClose}
    >
      <Field label="Your password">
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
    </FormDialog>
  );
}
