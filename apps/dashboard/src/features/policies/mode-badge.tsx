/** Whether a policy is enforced or only evaluated. */
import type { ModeWord } from "@yolo/policy/mode-of";
import { Badge } from "../../ui/badge.tsx";

const MEANINGS: { readonly [mode in ModeWord]: string } = {
  enforce: "What it denies is refused",
  evaluate: "It only logs what it would have done",
  mixed: "Some of its documents are enforced, others only evaluated",
};

export function ModeBadge({ mode }: { readonly mode: ModeWord }) {
  return (
    <Badge tone={mode === "enforce" ? "good" : "warn"} title={MEANINGS[mode]}>
      {mode}
    </Badge>
  );
}
