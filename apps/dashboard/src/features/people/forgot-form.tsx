"use client";

/** Asking for a link to choose a new password. */
import { useRouter } from "next/navigation";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

export function ForgotForm() {
  const router = useRouter();
  const { busy, error, run } = useAsk();

  async function submit(form: FormData) {
    const done = await run(() => ask("POST /forgot", { email: form.get("email") }));
    if (done !== undefined) router.push("/forgot?sent=1");
  }

  return (
    <PeopleForm
      action="Send the link"
      busy={busy}
      error={error}
      fields={["email"]}
      onSubmit={submit}
    >
      <Field label="E-mail" error={error?.issueOf("email")}>
        <Input name="email" type="email" autoComplete="username" autoFocus required />
      </Field>
    </PeopleForm>
  );
}
