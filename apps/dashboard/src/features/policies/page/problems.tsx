"use client";

/** What is wrong with the text, line by line; each leads to its place. */
import type { Issue } from "@yolo/policy/issue";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { LineColumn } from "../editor/text-position.ts";
import type { PolicyTest, Tests } from "../tests/use-tests.ts";

interface Props {
  /** Undefined: the engine has not answered yet. */
  readonly issues: readonly Issue[] | undefined;
  readonly tests: Tests;
  readonly goTo: (place: LineColumn) => void;
}

interface Problem extends LineColumn {
  readonly severity: "error" | "warning";
  readonly message: string;
}

export function Problems({ issues, tests, goTo }: Props) {
  const problems = [...(issues ?? []), ...failing(tests)];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <section aria-label="Problems" className="flex flex-col gap-2">
      <h2 className="flex items-center gap-2 font-semibold text-sm" aria-live="polite">
        {issues === undefined ? (
          "Checking…"
        ) : problems.length === 0 ? (
          <>
            <CircleCheck aria-hidden="true" className="size-4 text-good" /> No problems
          </>
        ) : (
          `${count(errors, "error")}, ${count(problems.length - errors, "warning")}`
        )}
        <span className="font-normal text-muted text-xs">{testsText(tests, issues)}</span>
      </h2>
      {problems.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
          {problems.map((problem) => (
            <li key={`${problem.line}:${problem.column} ${problem.message}`}>
              <ProblemRow problem={problem} goTo={goTo} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ProblemRow({
  problem,
  goTo,
}: {
  readonly problem: Problem;
  readonly goTo: Props["goTo"];
}) {
  const { line, column, severity, message } = problem;
  const isError = severity === "error";
  const Sign = isError ? CircleAlert : TriangleAlert;
  return (
    <button
      type="button"
      onClick={() => goTo({ line, column })}
      className="flex min-h-8 w-full items-start gap-2 px-3 py-1.5 text-left text-sm outline-offset-[-2px] hover:bg-hover coarse:min-h-11"
    >
      <Sign
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${isError ? "text-bad" : "text-warn"}`}
      />
      <span className="sr-only">{severity}:</span>
      <span className="min-w-0 flex-1 break-words">{message}</span>
      <span className="shrink-0 font-mono text-muted text-xs">
        {line}:{column}
      </span>
    </button>
  );
}

/** Own tests that fail refuse to publish, those of lower layers are told. */
function failing({ isCurrent, all }: Tests): readonly Problem[] {
  return isCurrent ? all.filter(({ passed }) => !passed).map(problemOf) : [];
}

function problemOf({ isDraft, line, column, blocks, message, policyName }: PolicyTest): Problem {
  const severity = blocks ? "error" : "warning";
  if (isDraft) return { line, column, severity, message };
  return { line: 1, column: 1, severity, message: `${policyName}, line ${line}: ${message}` };
}

function testsText(
  { all, passed, isCurrent, isRunning, error }: Tests,
  issues: readonly Issue[] = [],
) {
  if (issues.some(({ severity }) => severity === "error")) return "tests wait for the errors";
  if (error !== null) return `tests were not run: ${error.message}`;
  if (isRunning || !isCurrent) return "running the tests…";
  return all.length === 0 ? "no tests" : `${passed} of ${all.length} tests pass`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
