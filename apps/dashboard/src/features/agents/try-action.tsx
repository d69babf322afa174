"use client";

/** Asks how one action would be decided, and why. */
import { useId, useState } from "react";
import type { Output } from "../../data/api.ts";
import { useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { RuleLink } from "./rule-link.tsx";

type Explained = Output<"POST /policies/explain">;

const EXAMPLES = [
  "llm:invoke",
  "git:push",
  "aws:s3:GetObject",
  "mcp:call",
  "http:post",
  "tool:Bash",
];
const NEAREST = 5;

export function TryAction({ agentId }: { readonly agentId: string }) {
  const list = useId();
  const [verb, setVerb] = useState("");
  const [resource, setResource] = useState("");
  const explain = useChange("POST /policies/explain");
  const { error } = explain;
  return (
    <div className="flex flex-col gap-4">
      <form
        className="grid items-start gap-3 sm:grid-cols-[1fr_2fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          explain.mutate({ agentId, action: { verb, resource } });
        }}
      >
        <Field label="Verb" error={error?.issueOf("action.verb")}>
          <Input
            mono
            required
            list={list}
            placeholder="git:push"
            value={verb}
            onChange={(event) => setVerb(event.currentTarget.value)}
          />
        </Field>
        <datalist id={list}>
          {EXAMPLES.map((example) => (
            <option key={example} value={example} />
          ))}
        </datalist>
        <Field label="Resource" error={error?.issueOf("action.resource")}>
          <Input
            mono
            required
            placeholder="github.com/acme/app#refs/heads/main"
            value={resource}
            onChange={(event) => setResource(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" loading={explain.isPending} className="sm:mt-6.5">
          Ask
        </Button>
      </form>
      {error !== null && error.issues.size === 0 && <ErrorState error={error} compact />}
      <div aria-live="polite">
        {explain.data !== undefined && <Answer explained={explain.data} />}
      </div>
    </div>
  );
}

function Answer({ explained }: { readonly explained: Explained }) {
  const { effect, would, explanation, rules, steps } = explained;
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <DecisionBadge decision={effect} />
        <span>{explanation}</span>
        {would !== effect && (
          <span className="text-muted">If what is evaluated were enforced: {would}.</span>
        )}
      </p>
      {rules.length > 0 && (
        <p className="flex flex-wrap gap-x-3">
          {rules.map((rule) => (
            <RuleLink key={`${rule.policyId} ${rule.line}`} rule={rule} />
          ))}
        </p>
      )}
      {steps.map((step) => (
        <Nearest key={`${step.verb} ${step.resource}`} step={step} />
      ))}
    </div>
  );
}

/** The rules that come nearest without matching, with what keeps each from it. */
function Nearest({ step }: { readonly step: Explained["steps"][number] }) {
  const near = step.rules.filter(({ failed }) => failed !== null).slice(0, NEAREST);
  if (near.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted">
        Why no other rule decides <code className="text-xs">{step.verb}</code>
      </summary>
      <ul className="mt-2 flex flex-col gap-1.5">
        {near.map((rule) => (
          <li key={`${rule.policyId} ${rule.line}`} className="break-words">
            <RuleLink rule={rule} /> <span className="text-muted">{rule.error ?? rule.failed}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
