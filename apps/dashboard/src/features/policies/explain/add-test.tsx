"use client";

/** Keeps what was tried as a test of the draft. */
import type { Effect } from "@yolo/core/decision";
import { useApi } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input } from "../../../ui/input.tsx";
import { useToast } from "../../../ui/toast.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import type { Attempt } from "./attempt-form.tsx";
import { testYaml, withTest } from "./test-yaml.ts";

interface Props {
  readonly attempt: Attempt;
  /** What the rules say, whatever the mode: so do tests. */
  readonly effect: Effect;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly goTo: (place: LineColumn) => void;
}

const VERDICTS = { allow: "is allowed", approve: "waits for a person", deny: "is denied" } as const;

export function AddTest({ attempt, effect, text, onText, goTo }: Props) {
  const { show } = useToast();
  const projects = useApi("GET /projects", {}).data?.data;
  const { agent, verb, resource, tier, user, args, facts } = attempt;
  const project = projects?.find(({ id }) => id === agent.projectId)?.slug ?? "project";
  const add = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    const tried = { action: verb, on: resource, agent: agent.name, project };
    const item = testYaml({ name, ...tried, tier, user, args, facts, expect: effect });
    const next = withTest(text, item);
    if (next === undefined) {
      show({ title: "The tests stand in brackets: write them as a list first.", kind: "bad" });
      return;
    }
    onText(next);
    const line = next.slice(0, next.lastIndexOf(`name:`)).split("\n").length;
    const action = { label: "Show", onSelect: () => goTo({ line, column: 1 }) };
    show({ title: "Added to the draft’s tests", kind: "good", action });
  };
  return (
    <form onSubmit={add} className="flex flex-wrap items-end gap-3">
      <div className="min-w-60 flex-1">
        <Field label="Keep it as a test">
          <Input
            name="name"
            required
            maxLength={200}
            defaultValue={`${verb} ${VERDICTS[effect]}`}
          />
        </Field>
      </div>
      <Button type="submit">Add as test</Button>
    </form>
  );
}
