/** How a call ended, or that it is still under way. */
import { Badge, type Tone } from "./badge.tsx";

export type Outcome = "done" | "upstream_error" | "aborted" | "not_sent" | "refused" | "unknown";

const OUTCOMES: {
  readonly [outcome in Outcome]: readonly [label: string, tone: Tone, meaning: string];
} = {
  done: ["Done", "neutral", "The upstream answered."],
  upstream_error: ["Upstream error", "warn", "The upstream answered with an error."],
  aborted: ["Aborted", "warn", "The connection ended before the answer was complete."],
  not_sent: ["Not sent", "neutral", "It was allowed, but nothing left the gateway."],
  refused: ["Refused", "bad", "It was refused; nothing left the gateway."],
  unknown: ["Unknown", "warn", "The gateway stopped before it could note how the call ended."],
};

interface Props {
  /** Null: it has not ended. */
  readonly outcome: Outcome | null;
}

export function OutcomeBadge({ outcome }: Props) {
  if (outcome === null) return <Badge tone="info">Under way</Badge>;
  const [label, tone, meaning] = OUTCOMES[outcome];
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  );
}
