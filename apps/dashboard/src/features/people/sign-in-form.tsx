"use client";

/** Signing in with address and password. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { goTo } from "./go-to.ts";
import { Refusal } from "./refusal.tsx";
import { useAsk } from "./use-ask.ts";

const answerSchema = z.union([
  z.object({ to: z.string() }),
  z.object({ secondFactor: z.literal(true) }),
  z.object({ verify: z.literal(true) }),
]);

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
    const answer = await run(async () => answerSchema.parse(await ask("POST /sign-in", sent)));
    if (answer === undefined) return;
    setLeaving(true);
    if ("to" in answer) return goTo(answer.to);
    const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
    router.push("secondFactor" in answer ? `/second-factor${query}` : "/sign-up?sent");
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Refusal error={error} shown={["email", "password"]} />
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
      <Button type="submit" variant="primary" size="lg" loading={busy || leaving}>
        Sign in
      </Button>
    </form>
  );
}
