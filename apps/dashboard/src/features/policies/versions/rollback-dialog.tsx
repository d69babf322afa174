"use client";

/** Publishes an earlier text again, as a new version. */
import type { Output } from "../../../data/api.ts";
import { useApi, useChange } from "../../../data/use-api.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormDialog, textOf } from "../../../ui/form-dialog.tsx";
import { Input } from "../../../ui/input.tsx";
import { useToast } from "../../../ui/toast.tsx";
import { RuleChanges } from "../rule-changes.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly to: number;
  readonly onClose: () => void;
}

export function RollbackDialog({ policy, to, onClose }: Props) {
  const { id, liveVersion: base } = policy;
  const { show } = useToast();
  const diff = useApi("POST /policies/{id}/diff", { id, from: base, to });
  const rollback = useChange("POST /policies/{id}/rollback", {
    invalidates: [
      ...(["GET /policies", "GET /policies/{id}", "GET /policies/{id}/versions"] as const),
      ...(["GET /policies/{id}/draft", "POST /policies/test"] as const),
    ],
    onSuccess: ({ published }) => {
      show({ title: `Version ${published.version} is in force`, kind: "good" });
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Back to version ${to}`}
      description={`Its text is published again, as version ${base + 1}. From the next call on agents are decided under it.`}
      action="Roll back"
      change={rollback}
      shown={["message"]}
      onSubmit={(entered) => rollback.mutate({ id, base, to, message: textOf(entered, "message") })}
      onClose={onClose}
    >
      <Field label="Why, in a few words" error={rollback.error?.issueOf("message")}>
        <Input name="message" required maxLength={500} defaultValue={`Back to version ${to}`} />
      </Field>
      {diff.data !== undefined && <RuleChanges changes={diff.data.changes} />}
      {diff.error !== null && <ErrorState error={diff.error} compact />}
    </FormDialog>
  );
}
