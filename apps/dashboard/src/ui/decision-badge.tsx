/** What was decided about a call: a word, a colour and a sign. */
import { Ban, Check, Hand } from "lucide-react";
import { Badge } from "./badge.tsx";

export type Decision = "allow" | "deny" | "approve";

interface Props {
  readonly decision: Decision;
}

export function DecisionBadge({ decision }: Props) {
  switch (decision) {
    case "allow":
      return (
        <Badge tone="good">
          <Check aria-hidden="true" /> Allowed
        </Badge>
      );
    case "deny":
      return (
        <Badge tone="bad">
          <Ban aria-hidden="true" /> Denied
        </Badge>
      );
    case "approve":
      return (
        <Badge tone="warn">
          <Hand aria-hidden="true" /> Needs approval
        </Badge>
      );
  }
}
