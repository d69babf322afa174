"use client";

/** Asks for the password again before something that concerns how one signs in. */
import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Refusal } from "../people/refusal.tsx";
import { useAsk } from "../people/use-ask.ts";

interface Props {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly onAnswer: (password: string) => Promise<void>;
  readonly onClose: () => void;
}

export function PasswordDialog({ title, description, action, onAnswer, onClose }: Props) {
  const form = useId();
  const { busy, error, run } = useAsk();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const password = String(new FormData(event.currentTarget).get("password"));
          void run(() => onAnswer(password));
        }}
      >
        <Refusal error={error} />
        <Field label="Your password">
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
      </form>
    </Dialog>
  );
}
