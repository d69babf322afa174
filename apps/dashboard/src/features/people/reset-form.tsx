"use client";

/** Choosing a new password with the link of a mail. */
import { useRouter } from "next/navigation";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

export function ResetForm({ token }: { readonly token: string }) {
  const router = useRouter();
  const { busy, error, run } = useAsk();

  async function submit(form: FormData) {
    const sent = { token, password: form.get("password") };
    if ((await run(() => ask("POST /reset", sent))) !== undefined) router.push("/sign-in?reset=1");
  }

  return (
    <PeopleForm
      action="Set the password"
      busy={busy}
      error={error}
      fields={["password"]}
      onSubmit={submit}
    >
      <Field
        label="New password"
        hint="At least 12 characters. A sentence is easy to remember."
        error={error?.issueOf("password")}
      >
        <Input name="password" type="password" autoComplete="new-password" autoFocus required />
      </Field>
    </PeopleForm>
  );
}
