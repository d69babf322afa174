"use client";

/** What would be attempted, and by whom. */
import { TIERS, type Tier } from "@yolo/policy/tiers";
import { useId, useState } from "react";
import type { ApiError, Input, Output } from "../../../data/api.ts";
import { useApi } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/checkbox.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input as TextInput } from "../../../ui/input.tsx";
import { Select } from "../../../ui/select.tsx";
import { Textarea } from "../../../ui/textarea.tsx";
import { readJsonObject, readWords } from "./json-facts.ts";

type Action = Input<"POST /policies/explain">["action"];

export interface Attempt {
  readonly agent: { readonly id: string; readonly name: string; readonly projectId: string };
  readonly tier: Tier;
  readonly user: { roles: string[]; groups: string[]; scopes: string[] } | null;
  readonly verb: string;
  readonly resource: string;
  readonly args: NonNullable<Action["args"]>;
  readonly facts: NonNullable<Action["facts"]>;
}

interface Props {
  readonly onAttempt: (attempt: Attempt) => void;
  readonly isPending: boolean;
  readonly error: ApiError | null;
}

type Agent = Output<"GET /agents">["data"][number];

export function AttemptForm({ onAttempt, isPending, error }: Props) {
  const agents = useApi("GET /agents", {});
  const [isVerified, setVerified] = useState(false);
  const [problems, setProblems] = useState<{ args?: string; facts?: string }>({});
  const verbs = useId();
  const list = agents.data?.data ?? [];
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readAttempt(new FormData(event.currentTarget), list, isVerified);
    setProblems("problems" in read ? read.problems : {});
    if ("attempt" in read) onAttempt(read.attempt);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Agent" error={agents.error?.message}>
        <Select name="agent" options={list.map(({ id, name }) => ({ value: id, label: name }))} />
      </Field>
      <Field label="Verb" error={error?.issueOf("action.verb")}>
        <TextInput
          name="verb"
          required
          mono
          list={verbs}
          placeholder="git:push"
          autoComplete="off"
        />
      </Field>
      <datalist id={verbs}>
        {COMMON_VERBS.map((verb) => (
          <option key={verb} value={verb} />
        ))}
      </datalist>
      <Field label="Resource" error={error?.issueOf("action.resource")}>
        <TextInput
          name="resource"
          required
          mono
          placeholder="github.com/acme/app#main"
          autoComplete="off"
        />
      </Field>
      <Field label="Arguments" optional hint="A JSON object" error={problems.args}>
        <Textarea name="args" mono rows={2} />
      </Field>
      <Field label="Facts" optional hint="A JSON object" error={problems.facts}>
        <Textarea name="facts" mono rows={2} />
      </Field>
      <Field label="Kind of client">
        <Select name="tier" options={TIERS.map((tier) => ({ value: tier, label: tier }))} />
      </Field>
      <Checkbox
        label="A verified user stands behind it"
        checked={isVerified}
        onCheckedChange={setVerified}
      />
      {isVerified && <UserFields />}
      <Button
        type="submit"
        variant="primary"
        loading={isPending || agents.isPending}
        disabledReason={agents.isPending || list.length > 0 ? undefined : "There is no agent yet."}
        className="self-start"
      >
        Try
      </Button>
    </form>
  );
}

const COMMON_VERBS = [
  ...["llm:invoke", "llm:server_tool", "mcp:call", "http:get", "http:post", "git:fetch"],
  ...["git:push", "git:force_push", "git:delete_ref", "aws:s3:GetObject", "aws:s3:DeleteObject"],
  ...["db:select", "db:drop", "tool:Bash", "tool:Write", "agent:spawn"],
];

const WORDS = { roles: "Roles", groups: "Groups", scopes: "Scopes" } as const;

function UserFields() {
  return Object.entries(WORDS).map(([name, label]) => (
    <Field key={name} label={label} optional>
      <TextInput name={name} mono autoComplete="off" placeholder="several, with commas" />
    </Field>
  ));
}

function readAttempt(
  form: FormData,
  agents: readonly Agent[],
  isVerified: boolean,
): { attempt: Attempt } | { problems: { args?: string; facts?: string } } {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const agent = agents.find(({ id }) => id === text("agent"));
  const args = readJsonObject(text("args"));
  const facts = readJsonObject(text("facts"));
  if ("problem" in args || "problem" in facts || agent === undefined) {
    return {
      problems: {
        ...("problem" in args && { args: args.problem }),
        ...("problem" in facts && { facts: facts.problem }),
      },
    };
  }
  const words = (name: keyof typeof WORDS) => readWords(text(name));
  const user = { roles: words("roles"), groups: words("groups"), scopes: words("scopes") };
  return {
    attempt: {
      agent,
      ...{ verb: text("verb"), resource: text("resource"), args: args.value, facts: facts.value },
      ...{ tier: TIERS.find((one) => one === text("tier")) ?? "interactive" },
      user: isVerified ? user : null,
    },
  };
}
