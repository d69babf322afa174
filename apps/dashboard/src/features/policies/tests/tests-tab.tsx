"use client";

/** Each test with what was decided; those of other policies that the draft would change too. */
import { Check, X } from "lucide-react";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import type { PolicyTest, Tests } from "./use-tests.ts";

interface Props {
  readonly tests: Tests;
  readonly hasErrors: boolean;
  readonly goTo: (place: LineColumn) => void;
}

export function TestsTab({ tests, hasErrors, goTo }: Props) {
  if (hasErrors) {
    return (
      <EmptyState title="The draft has errors">
        Tests are run as soon as it can be read. The problems stand under Edit.
      </EmptyState>
    );
  }
  if (tests.error !== null) return <ErrorState error={tests.error} />;
  if (tests.all.length === 0 && tests.isRunning) return <SkeletonRows rows={3} />;
  if (tests.all.length === 0) {
    return (
      <EmptyState title="No tests yet">
        A test names an attempt and what must be decided. Write it under <code>tests:</code>, or try
        an action and add it from there.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm" role="status">
        {summary(tests)}
      </p>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-raised">
        {tests.all.map((test) => (
          <TestRow
            key={`${test.policyId} ${test.line} ${test.column} ${test.name}`}
            test={test}
            goTo={goTo}
          />
        ))}
      </ul>
    </div>
  );
}

function summary({ all, passed, policiesLeftOut, isRunning }: Tests): string {
  if (isRunning) return "Running…";
  const left =
    policiesLeftOut === 0 ? "" : ` The tests of ${policiesLeftOut} policies below were not run.`;
  return `${passed} of ${all.length} pass.${left}`;
}

function TestRow({ test, goTo }: { readonly test: PolicyTest; readonly goTo: Props["goTo"] }) {
  const { name, passed, message, policyName, isDraft, line, column, blocks } = test;
  return (
    <li className="flex items-start gap-2.5 px-3 py-2 text-sm">
      <Sign passed={passed} />
      <div className="min-w-0 flex-1">
        {isDraft ? (
          <button
            type="button"
            className="min-h-6 text-left font-medium underline decoration-line underline-offset-3 hover:decoration-current coarse:min-h-11"
            onClick={() => goTo({ line, column })}
          >
            {name}
          </button>
        ) : (
          <span className="font-medium">{name}</span>
        )}
        <p className="break-words text-muted text-xs">
          {isDraft ? `line ${line}` : `${policyName}, line ${line}`}
          {!passed && ` · ${message}`}
          {!passed &&
            !blocks &&
            " It stands in a lower layer, so it does not keep you from publishing."}
        </p>
      </div>
    </li>
  );
}

function Sign({ passed }: { readonly passed: boolean }) {
  return passed ? (
    <>
      <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-good" />
      <span className="sr-only">Passes:</span>
    </>
  ) : (
    <>
      <X aria-hidden="true" className="mt-1 size-4 shrink-0 text-bad" />
      <span className="sr-only">Fails:</span>
    </>
  );
}
