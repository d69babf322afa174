"use client";

/** Changing the password; every other session ends with it. */
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { useToast } from "../../ui/toast.tsx";
import { ask } from "../people/ask.ts";
import { useAsk } from "../people/use-ask.ts";

export function PasswordForm({ email }: { readonly email: string }) {
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const { busy, error, run } = useAsk();

  async function submit(data: FormData) {
    const sent = { current: data.get("current"), password: data.get("password") };
    if ((await run(() => ask("POST /password", sent))) === undefined) return;
    form.current?.reset();
    toast.show({ title: "Your password is changed", kind: "good" });
    router.refresh();
  }

  return (
    <form
      ref={form}
      className="flex max-w-sm flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Refusal error={error} shown={["password"]} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="Present password">
        <Input name="current" type="password" autoComplete="current-password" required />
      </Field>
      <Field label="New password" hint="At least 12 characters." error={error?.issueOf("password")}>
        <Input name="password" type="password" autoComplete="new-password" required />
      </Field>
      <Button type="submit" className="self-start" loading={busy}>
        Change the password
      </Button>
    </form>
  );
}
