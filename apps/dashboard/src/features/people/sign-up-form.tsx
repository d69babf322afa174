"use client";

/** Signing up: name, address, password; then the mail is on its way. */
import { useRouter } from "next/navigation";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

interface Props {
  /** Where to go on, once the address is confirmed. */
  readonly next: string | undefined;
  /** Of an invitation: the only one that may accept it. */
  readonly email: string | undefined;
}

export function SignUpForm({ next, email }: Props) {
  const router = useRouter();
  const { busy, error, run } = useAsk();

  async function submit(form: FormData) {
    const { name, email: address, password } = Object.fromEntries(form);
    const done = await run(() => ask("POST /sign-up", { name, email: address, password, next }));
    if (done !== undefined) router.push("/sign-up?sent=1");
  }

  return (
    <PeopleForm
      action="Sign up"
      busy={busy}
      error={error}
      fields={["name", "email", "password"]}
      onSubmit={submit}
    >
      <Field label="Your name" error={error?.issueOf("name")}>
        <Input name="name" autoComplete="name" maxLength={100} autoFocus required />
      </Field>
      <Field label="E-mail" error={error?.issueOf("email")}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          readOnly={email !== undefined}
          required
        />
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters. A sentence is easy to remember."
        error={error?.issueOf("password")}
      >
        <Input name="password" type="password" autoComplete="new-password" required />
      </Field>
    </PeopleForm>
  );
}
