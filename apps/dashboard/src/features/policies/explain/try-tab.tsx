"use client";

/** Tries an action under the draft: what would be decided, by which rule, and why not by the others. */
import { useState } from "react";
import type { Input, Output } from "../../../data/api.ts";
import { useChange } from "../../../data/use-api.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import type { Draft } from "../draft/draft-state.ts";
import type { LineColumn } from "../editor/text-position.ts";
import { AddTest } from "./add-test.tsx";
import { type Attempt, AttemptForm } from "./attempt-form.tsx";
import { Explanation } from "./explanation.tsx";
import { PasteTest } from "./paste-test.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly draft: Draft;
  readonly canWrite: boolean;
  readonly onText: (text: string) => void;
  readonly goTo: (place: LineColumn) => void;
}

export function TryTab({ policy, draft, canWrite, onText, goTo }: Props) {
  const [attempt, setAttempt] = useState<Attempt>();
  const explain = useChange("POST /policies/explain");
  const ask = (tried: Attempt) => {
    setAttempt(tried);
    explain.mutate(inputOf(tried, { policyId: policy.id, text: draft.text }));
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <AttemptForm onAttempt={ask} isPending={explain.isPending} error={explain.error} />
        {canWrite && <PasteTest text={draft.text} onText={onText} goTo={goTo} />}
      </div>
      <div className="flex min-w-0 flex-col gap-4" aria-live="polite">
        {explain.error !== null && <ErrorState error={explain.error} />}
        {explain.data !== undefined && attempt !== undefined && (
          <>
            <Explanation explained={explain.data} goTo={goTo} />
            {canWrite && (
              <AddTest
                key={JSON.stringify(attempt)}
                {...{ attempt, goTo, onText }}
                effect={explain.data.would}
                text={draft.text}
              />
            )}
          </>
        )}
        {explain.data === undefined && explain.error === null && (
          <p className="text-muted text-sm">
            Name an agent, a verb and a resource. The draft is judged beside the other policies that
            apply to this agent; nothing is called.
          </p>
        )}
      </div>
    </div>
  );
}

function inputOf(
  { agent, tier, user, verb, resource, args, facts }: Attempt,
  draft: { readonly policyId: string; readonly text: string },
): Input<"POST /policies/explain"> {
  return {
    agentId: agent.id,
    ...{ tier, draft, action: { verb, resource, args, facts } },
    ...(user !== null && { user }),
  };
}
