"use client";

/** Asks before a text comes into force: what changes, what the tests say, what it would have done lately. */
import { useState } from "react";
import type { ApiError, Output } from "../../../data/api.ts";
import { useApi, useChange } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/checkbox.tsx";
import { Disclosure } from "../../../ui/disclosure.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormDialog, textOf } from "../../../ui/form-dialog.tsx";
import { Input } from "../../../ui/input.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { useToast } from "../../../ui/toast.tsx";
import type { Draft, DraftEvent } from "../draft/draft-state.ts";
import { MergeEditor } from "../editor/lazy-editor.tsx";
import { RuleChanges } from "../rule-changes.tsx";
import { LastDryRun } from "./last-dry-run.tsx";
import { ModeNote } from "./mode-note.tsx";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly draft: Draft;
  readonly change: (event: DraftEvent) => void;
  readonly onClose: () => void;
}

type Issue = Output<"POST /policies/lint">["issues"][number];

export function PublishDialog({ policy, draft, change, onClose }: Props) {
  const { id, liveVersion, text: liveText } = policy;
  // What is published is what was judged and shown, whatever is written meanwhile.
  const [{ text, base }] = useState(draft);
  const [isAcknowledged, setAcknowledged] = useState(false);
  const judged = useApi("POST /policies/lint", { draft: { policyId: id, text } });
  const { show } = useToast();
  const publish = useChange("POST /policies/{id}/versions", {
    invalidates: STALE,
    onSuccess: ({ published }) => {
      change({ kind: "published", live: { version: published.version, text } });
      show({ title: `Version ${published.version} is in force`, kind: "good" });
      onClose();
    },
  });
  const issues = judged.data?.issues ?? [];
  const warnings = issues.filter(({ severity }) => severity === "warning");
  const reason = reasonNot(judged.data, warnings.length > 0 && !isAcknowledged);
  return (
    <FormDialog
      size="lg"
      title={`Publish version ${liveVersion + 1}`}
      description="From the next call on agents are decided under it."
      action="Publish"
      change={publish}
      shown={["message"]}
      disabledReason={reason}
      onSubmit={(entered) =>
        publish.mutate({ id, base, text, message: textOf(entered, "message") })
      }
      onClose={onClose}
    >
      <Field label="What changes, in a few words" error={publish.error?.issueOf("message")}>
        <Input name="message" required maxLength={500} autoComplete="off" />
      </Field>
      <ModeNote mode={judged.data?.mode ?? null} trialEndsAt={policy.trialEndsAt} />
      <Judged issues={issues} error={judged.error} isThere={judged.data !== undefined} />
      {warnings.length > 0 && (
        <Checkbox
          label={`I have read the ${warnings.length === 1 ? "warning" : "warnings"}`}
          checked={isAcknowledged}
          onCheckedChange={setAcknowledged}
        />
      )}
      <Diff policyId={id} text={text} liveText={liveText} />
      <LastDryRun policyId={id} text={text} />
      {publish.error?.code === "conflict" && (
        // The comparison stands on the page as soon as the dialog is gone.
        <Button className="self-start" onClick={onClose}>
          Compare with what was published
        </Button>
      )}
    </FormDialog>
  );
}

const STALE = [
  ...["GET /policies", "GET /policies/{id}", "GET /policies/{id}/versions"],
  ...["GET /policies/{id}/draft", "POST /policies/test", "POST /policies/preview"],
] as const;

function reasonNot(
  judged: Output<"POST /policies/lint"> | undefined,
  isUnread: boolean,
): string | undefined {
  if (judged === undefined) return "The text is being judged.";
  const error = judged.issues.find(({ severity }) => severity === "error");
  if (error !== undefined) return `Line ${error.line}: ${error.message}`;
  return isUnread ? "Read the warnings first." : undefined;
}

interface JudgedProps {
  readonly issues: readonly Issue[];
  readonly error: ApiError | null;
  readonly isThere: boolean;
}

function Judged({ issues, error, isThere }: JudgedProps) {
  if (error !== null) return <ErrorState error={error} compact />;
  if (!isThere) return <Skeleton className="h-5 w-1/2" />;
  if (issues.length === 0) return <p className="text-sm">No problems, and every test passes.</p>;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {issues.map(({ severity, line, column, message }) => (
        <li key={`${line}:${column} ${message}`} className="break-words">
          <span className={severity === "error" ? "text-bad" : "text-warn"}>{severity}</span>{" "}
          <span className="font-mono text-muted text-xs">
            {line}:{column}
          </span>{" "}
          {message}
        </li>
      ))}
    </ul>
  );
}

interface DiffProps {
  readonly policyId: string;
  readonly text: string;
  readonly liveText: string;
}

function Diff({ policyId, text, liveText }: DiffProps) {
  const diff = useApi("POST /policies/{id}/diff", { id: policyId, text });
  return (
    <section aria-label="What changes" className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">Rules that change</h3>
      {diff.error !== null && <ErrorState error={diff.error} compact />}
      {diff.data !== undefined && <RuleChanges changes={diff.data.changes} />}
      <Disclosure summary="Line by line">
        <MergeEditor label="What changes, line by line" original={liveText} text={text} />
      </Disclosure>
    </section>
  );
}
