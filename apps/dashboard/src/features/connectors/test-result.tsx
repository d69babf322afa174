/** What testing a connector found, in words. */
import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import type { ApiError } from "../../data/api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import type { ConnectorTest } from "./connector-words.ts";

interface Props {
  readonly test: ConnectorTest | undefined;
  readonly testing: boolean;
  readonly error: ApiError | null;
}

export function TestResult({ test, testing, error }: Props) {
  return (
    <div aria-live="polite" className="text-sm empty:hidden">
      {content({ test, testing, error })}
    </div>
  );
}

function content({ test, testing, error }: Props): React.ReactNode {
  if (testing) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin" /> Asking the upstream…
      </p>
    );
  }
  if (error !== null) return <ErrorState error={error} compact />;
  if (test === undefined) return null;
  const Icon = test.ok ? CircleCheck : CircleAlert;
  return (
    <p className="flex items-start gap-2">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${test.ok ? "text-good" : "text-bad"}`}
      />
      <span className="min-w-0 break-words">
        {test.message}{" "}
        <span className="whitespace-nowrap text-muted text-xs">
          {test.status === null ? "No answer" : `Answered ${test.status}`} after {test.latencyMs} ms
        </span>
      </span>
    </p>
  );
}
