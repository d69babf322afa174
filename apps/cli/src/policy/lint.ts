/** `yolo policy lint`: every error and warning of files, without asking anybody. */
import { lintPolicy } from "@yolo/policy/lint";
import { type Command, readArguments } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { readFiles } from "./files.ts";
import { type FileIssue, showIssues } from "./issues.ts";

const options = {
  json: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
} as const;

/** Tests are `yolo policy test`'s: whether they hold may depend on the other files. */
const TEST_FAILED = "test_failed";

export const policyLint: Command = {
  usage: "policy lint <file>… [--strict] [--json]",
  summary: "Find errors and warnings in policies.",
  help: ["--strict   warnings count as findings", "--json     one JSON object instead of lines"],
  async run(args, io) {
    const { values, positionals } = readArguments(args, options);
    const sources = await readFiles(positionals, io);
    const issues = sources.flatMap(({ policyId: file, text }): FileIssue[] =>
      lintPolicy(text)
        .filter(({ code }) => code !== TEST_FAILED)
        .map(({ line, column, severity, code, message }) => ({
          ...{ file, line, column, severity, code, message },
        })),
    );
    const errors = issues.filter(({ severity }) => severity === "error").length;
    const warnings = issues.length - errors;
    const isFound = errors > 0 || (values.strict && warnings > 0);
    if (values.json) {
      io.out(JSON.stringify({ ok: !isFound, errors, warnings, issues }));
    } else {
      showIssues(issues, io);
      io.out(
        `${counted(sources.length, "file")}: ${counted(errors, "error")}, ${counted(warnings, "warning")}`,
      );
    }
    return isFound ? EXIT.findings : EXIT.ok;
  },
};

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
