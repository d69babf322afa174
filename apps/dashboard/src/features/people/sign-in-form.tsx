"use client";

/** Signing in with address and password. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { entered, followEntry } from "./entered.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

interface Props {
  /** Where to go on; checked by the server. */
  readonly next: string | undefined;
  readonly email: string | undefined;
}

export function SignInForm({ next, email }: Props) {
  const router = useRouter();
  const { busy, error, run } = useAsk();
  const [leaving, setLeaving] = useState(false);

  async function submit(form: FormData) {
    const sent = { email: form.get("email"), password: form.get("password"), next };
    const answer = await run(async () => entered(await ask("POST /sign-in", sent)));
    if (answer === undefined) return;
    setLeaving(true);
    followEntry(answer, { next, push: router.push });
  }

  return (
    <PeopleForm
      action="Sign in"
      busy={busy || leaving}
      error={error}
      fields={["email", "password"]}
      onSubmit={submit}
    >
      <Field label="E-mail" error={error?.issueOf("email")}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          autoFocus={email === undefined}
          required
        />
      </Field>
      <Field label="Password" error={error?.issueOf("password")}>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus={email !== undefined}
          required
        />
      </Field>
    </PeopleForm>
  );
}
