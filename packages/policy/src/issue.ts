/** A problem in a policy's text, always with the place a person must look at. */

/** A stretch of text; lines and columns count from 1, the end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Issue extends Place {
  /** An error refuses to publish; a warning is shown, to be acknowledged. */
  readonly severity: "error" | "warning";
  /** Stable word for programs, for example `unknown_key`. */
  readonly code: string;
  /** Lower case, the author's own text in backticks, what to write instead where that is known. */
  readonly message: string;
}

/** A value together with where it stands in the text. */
export interface Word<Value = string> {
  readonly value: Value;
  readonly place: Place;
}

export const START: Place = { line: 1, column: 1, endLine: 1, endColumn: 2 };

export function errorAt(place: Place, code: string, message: string): Issue {
  return issueAt("error", place, code, message);
}

export function warningAt(place: Place, code: string, message: string): Issue {
  return issueAt("warning", place, code, message);
}

function issueAt(severity: Issue["severity"], place: Place, code: string, message: string): Issue {
  const { line, column, endLine, endColumn } = place;
  return { severity, code, message, line, column, endLine, endColumn };
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === "error");
}

/** Most issues that are told about one text; whoever has more mends these first. */
export const ISSUES_MAX = 100;

/** In reading order, each problem once, the first hundred; errors are never left out for warnings. */
export function inReadingOrder(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  const errors = issues.filter(({ severity }) => severity === "error").slice(0, ISSUES_MAX);
  const warnings = issues.filter(({ severity }) => severity === "warning");
  return [...errors, ...warnings.slice(0, ISSUES_MAX - errors.length)]
    .sort((a, b) => a.line - b.line || a.column - b.column || compareText(a.code, b.code))
    .filter((issue) => {
      const key = `${issue.line}:${issue.column}:${issue.code}:${issue.message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
