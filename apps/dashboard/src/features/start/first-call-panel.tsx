"use client";

/** Waits for calls and shows each within a second of its arrival, those included that could not be let in. */
import { Radio } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { useChange } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ArrivalCard } from "./arrival-card.tsx";
import { BUILDERS_ONLY } from "./key-form.tsx";
import { type Arrival, useCalls } from "./use-calls.ts";

interface Props {
  /** Undefined: calls of the last hour count too. */
  readonly since: string | undefined;
  /** Whose test call the button makes; null: there is no agent yet. */
  readonly agentId: string | null;
}

const EARLIER = 4;

export function FirstCallPanel({ since, agentId }: Props) {
  const { arrivals, data, error, refetch } = useCalls(since);
  const [newest, ...earlier] = arrivals;
  return (
    <Card title={newest === undefined ? "Waiting for the first call" : "The latest call"}>
      <div className="flex flex-col gap-4">
        <p className="sr-only" role="status">
          {newest !== undefined && announce(newest)}
        </p>
        {error !== null && <ErrorState error={error} retry={() => void refetch()} compact />}
        {newest === undefined ? <Waiting /> : <ArrivalCard key={newest.id} arrival={newest} />}
        {data?.unrecorded === null && (
          <p className="text-muted text-xs">
            Calls with a wrong key cannot be shown at the moment; all others are.
          </p>
        )}
        <TestCall agentId={agentId} />
        {earlier.length > 0 && <Earlier arrivals={earlier.slice(0, EARLIER)} />}
      </div>
    </Card>
  );
}

function announce(arrival: Arrival): string {
  if (arrival.kind === "unrecorded") return `A call was refused: ${arrival.call.problem.what}`;
  const { record, problem } = arrival.call;
  const allowed = record.decision === "allow" ? "allowed" : "not allowed";
  return `A call arrived and was ${allowed}. ${problem?.what ?? ""}`;
}

function Waiting() {
  return (
    <div className="flex items-start gap-3 text-sm">
      <Radio
        aria-hidden="true"
        className="mt-0.5 size-4 shrink-0 text-link motion-safe:animate-pulse"
      />
      <p className="text-muted">
        Run one of the blocks: the call shows here within a second, also when it fails, with the
        reason and what mends it.
      </p>
    </div>
  );
}

function TestCall({ agentId }: { readonly agentId: string | null }) {
  const { can } = useOrg();
  const test = useChange("POST /onboarding/test-call", {
    invalidates: ["GET /onboarding", "GET /onboarding/steps"],
  });
  const reason = can("agent-keys:write") ? undefined : BUILDERS_ONLY;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        size="sm"
        loading={test.isPending}
        disabledReason={agentId === null ? "Make an agent and its key first." : reason}
        onClick={() => agentId !== null && test.mutate({ agentId })}
      >
        Send a test call
      </Button>
      {test.error !== null && <ErrorState error={test.error} compact />}
      {test.data !== undefined && test.data.status !== 200 && (
        <p className="break-words text-bad text-sm" role="alert">
          {test.data.message}
        </p>
      )}
      <p className="text-muted text-xs">
        We call your address as the agent would, by a test key that ends with the call. It reaches
        the built-in test model and costs nothing.
      </p>
    </div>
  );
}

function Earlier({ arrivals }: { readonly arrivals: readonly Arrival[] }) {
  return (
    <section aria-label="Earlier calls" className="border-line border-t pt-3">
      <h3 className="mb-1 text-muted text-xs">Before</h3>
      <ul className="flex flex-col gap-1.5 text-sm">
        {arrivals.map((arrival) => (
          <li key={arrival.id} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">{summaryOf(arrival)}</span>
            <span className="text-muted text-xs">
              <Moment at={arrival.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function summaryOf(arrival: Arrival): React.ReactNode {
  if (arrival.kind === "unrecorded") return arrival.call.problem.what;
  const { record, problem } = arrival.call;
  return (
    <>
      {problem !== null && <Badge tone="bad">Failed</Badge>} {record.resource}
    </>
  );
}
