"use client";

/** The one button of an invitation. */
import { useState } from "react";
import { ask } from "./ask.ts";
import { entered } from "./entered.ts";
import { goTo } from "./go-to.ts";
import { PeopleForm } from "./people-form.tsx";
import { useAsk } from "./use-ask.ts";

interface Props {
  readonly token: string;
  readonly org: string;
}

export function AcceptInvitation({ token, org }: Props) {
  const { busy, error, run } = useAsk();
  const [leaving, setLeaving] = useState(false);

  async function submit() {
    const answer = await run(async () => entered(await ask("POST /invitations/accept", { token })));
    if (typeof answer !== "object") return;
    setLeaving(true);
    goTo(answer.to);
  }

  return (
    <PeopleForm
      action={`Join ${org}`}
      busy={busy || leaving}
      error={error}
      fields={[]}
      onSubmit={submit}
    />
  );
}
