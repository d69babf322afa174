"use client";

/** Recovery codes, shown this once. */
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, onDone }: Props) {
  return (
    <section className="flex flex-col gap-3" aria-label="Recovery codes">
      <p className="text-sm">
        Keep these codes where you find them without your phone. Each signs you in once; they are
        not shown again.
      </p>
      <CodeBlock code={codes.join("\n")} title="Recovery codes" />
      <Button className="self-start" onClick={onDone}>
        I have kept them
      </Button>
    </section>
  );
}
