/** What publishing means in the mode of the text. */
import type { ModeWord } from "@yolo/policy/mode-of";

interface Props {
  /** Null: not known yet. */
  readonly mode: ModeWord | null;
  readonly trialEndsAt: string | null;
}

const MEANINGS: { readonly [mode in ModeWord]: string } = {
  enforce: "In enforce: what it denies is refused from the next call on.",
  evaluate:
    "In evaluate: it only logs what it would have done; rules marked “always: true” are enforced. Write “mode: enforce” into it to have every rule enforced.",
  mixed: "In both modes: some of its documents are enforced, others only evaluated.",
};

export function ModeNote({ mode, trialEndsAt }: Props) {
  return (
    <p className="min-h-5 text-sm">
      {mode !== null && MEANINGS[mode]}
      {trialEndsAt !== null && " Publishing ends the trial of the starter."}
    </p>
  );
}
