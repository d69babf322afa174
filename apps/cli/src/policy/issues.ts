/** Issues of policies as a terminal, an editor or a CI log shows them: `file:line:column  error  what (code)`. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { ApiError } from "../api.ts";
import type { Io } from "../io.ts";
import { painterFor } from "../style.ts";

export interface FileIssue {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
}

export function showIssues(issues: readonly FileIssue[], io: Io): void {
  const paint = painterFor(io);
  for (const { file, line, column, severity, code, message } of issues) {
    const style = severity === "error" ? "red" : "yellow";
    const place = paint("bold", `${file}:${line}:${column}`);
    io.out(`${place}  ${paint(style, severity)}  ${message} ${paint("dim", `(${code})`)}`);
  }
}

const told = z.array(
  z.object({
    policyId: z.string().optional(),
    line: z.int(),
    column: z.int(),
    code: z.string(),
    message: z.string(),
  }),
);

/** The errors of a policy that could not be used, told by the engine here or by the API; undefined: something else. */
export function issuesIn(thrown: unknown): FileIssue[] | undefined {
  const isRefusal = thrown instanceof AppError || thrown instanceof ApiError;
  if (!isRefusal || thrown.code !== "policy_invalid") return undefined;
  const issues = told.safeParse(thrown.facts?.issues);
  if (!issues.success) return undefined;
  return issues.data.map(({ policyId = "draft", ...issue }) => ({
    ...issue,
    file: policyId,
    severity: "error",
  }));
}
