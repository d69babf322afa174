"use client";

/** Takes a test as it stands elsewhere, such as a record's “as policy test”. */
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Textarea } from "../../../ui/textarea.tsx";
import { useToast } from "../../../ui/toast.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import { withTest } from "./test-yaml.ts";

interface Props {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly goTo: (place: LineColumn) => void;
}

export function PasteTest({ text, onText, goTo }: Props) {
  const { show } = useToast();
  const [pasted, setPasted] = useState("");
  const [problem, setProblem] = useState<string>();
  const add = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = withTest(text, pasted);
    if (next === undefined) {
      setProblem(
        "This is no test with `name` and `expect`, or the draft’s tests stand in brackets.",
      );
      return;
    }
    setPasted("");
    setProblem(undefined);
    onText(next);
    const line = next.split("\n").length - 1;
    const action = { label: "Show", onSelect: () => goTo({ line, column: 1 }) };
    show({ title: "Added to the draft’s tests", kind: "good", action });
  };
  return (
    <details>
      <summary className="min-h-6 text-muted text-sm coarse:min-h-11">
        Paste a record’s test
      </summary>
      <form onSubmit={add} className="mt-2 flex flex-col gap-2">
        <Field label="A test in YAML" error={problem}>
          <Textarea
            mono
            rows={5}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" className="self-start" disabled={pasted.trim() === ""}>
          Add to the draft
        </Button>
      </form>
    </details>
  );
}
