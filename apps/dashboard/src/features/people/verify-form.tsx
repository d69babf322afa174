"use client";

/** Confirming an address: the password that was chosen with it, and one is in. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { entered, followEntry } from "./entered.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

interface Props {
  readonly token: string;
  readonly next: string | undefined;
}

export function VerifyForm({ token, next }: Props) {
  const router = useRouter();
  const { busy, error, run } = useAsk();
  const [leaving, setLeaving] = useState(false);

  async function submit(form: FormData) {
    const sent = { token, password: form.get("password"), next };
    const answer = await run(async () => entered(await ask("POST /verify", sent)));
    if (answer === undefined) return;
    setLeaving(true);
    followEntry(answer, { next, push: router.push });
  }

  return (
    <PeopleForm
      action="Confirm and go on"
      busy={busy || leaving}
      error={error}
      fields={["password"]}
      onSubmit={submit}
    >
      <Field label="Password" error={error?.issueOf("password")}>
        <Input name="password" type="password" autoComplete="current-password" autoFocus required />
      </Field>
    </PeopleForm>
  );
}
