"use client";

/** The second step of signing in: a code of the authenticator, or a recovery code. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { ask } from "./ask.ts";
import { entered, followEntry } from "./entered.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

export function SecondFactorForm({ next }: { readonly next: string | undefined }) {
  const router = useRouter();
  const { busy, error, run } = useAsk();
  const [leaving, setLeaving] = useState(false);
  const [recovers, setRecovers] = useState(false);

  async function submit(form: FormData) {
    const name = recovers ? "recoveryCode" : "code";
    const sent = { [name]: form.get("code"), next };
    const answer = await run(async () => entered(await ask("POST /second-factor", sent)));
    if (answer === undefined) return;
    setLeaving(true);
    followEntry(answer, { next, push: router.push });
  }

  return (
    <div className="flex flex-col gap-4">
      <PeopleForm
        key={String(recovers)}
        action="Go on"
        busy={busy || leaving}
        error={error}
        fields={["code"]}
        onSubmit={submit}
      >
        {recovers ? (
          <Field label="Recovery code" hint="Each works once.">
            <Input name="code" autoComplete="off" spellCheck={false} mono autoFocus required />
          </Field>
        ) : (
          <Field label="Code" error={error?.issueOf("code")}>
            <Input
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              placeholder="000000"
              maxLength={7}
              mono
              autoFocus
              required
            />
          </Field>
        )}
      </PeopleForm>
      <button
        type="button"
        className="min-h-6 self-start text-link text-sm underline underline-offset-3 coarse:min-h-11"
        onClick={() => setRecovers(!recovers)}
      >
        {recovers ? "Use the authenticator" : "Use a recovery code"}
      </button>
    </div>
  );
}
