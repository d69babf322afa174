/** A full disk, wherever it shows, is one clear line. */
import { OperatorError } from "@yolo/prisma/operator-error";

/** The line for a person when `problem` (an error, or what a program printed) is about a full disk. */
export function diskFull(problem: unknown): OperatorError | undefined {
  const text = problem instanceof Error ? `${problem.message} ${codeOf(problem)}` : String(problem);
  if (!/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|53100/.test(text))
    return undefined;
  return new OperatorError(
    "The disk is full: make room (YOLO_DATA names the folder that grows) and start again.",
    { cause: problem },
  );
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
