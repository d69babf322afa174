/** The program `yolo`: finds the command that is meant, and ends with its exit code. */
import { toAppError } from "@yolo/core/errors";
import { ApiError } from "./api.ts";
import type { Command } from "./command.ts";
import { EXIT, type ExitCode, UsageError } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { policyDiff } from "./policy/diff.ts";
import { policyExplain } from "./policy/explain.ts";
import { issuesIn, showIssues } from "./policy/issues.ts";
import { policyLint } from "./policy/lint.ts";
import { policyPreview } from "./policy/preview.ts";
import { policyTest } from "./policy/test.ts";

/** By noun and verb. */
export const COMMANDS: { readonly [words: string]: Command } = {
  "policy lint": policyLint,
  "policy test": policyTest,
  "policy diff": policyDiff,
  "policy explain": policyExplain,
  "policy preview": policyPreview,
};

/** Never throws. */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  const [noun = "", verb = "", ...rest] = args;
  const command = COMMANDS[`${noun} ${verb}`];
  if (command === undefined) return helpOf(args, io);
  if (rest.includes("--help") || rest.includes("-h")) {
    for (const line of describe(command)) io.out(line);
    return EXIT.ok;
  }
  try {
    return await command.run(rest, io);
  } catch (thrown) {
    return explain(thrown, command, { ...io, isJson: rest.includes("--json") });
  }
}

function helpOf(args: readonly string[], io: Io): ExitCode {
  const isAsked = args.length === 0 || args.includes("--help") || args.includes("-h");
  const tell = isAsked ? io.out : io.error;
  if (!isAsked) tell(`yolo: there is no command \`${args.slice(0, 2).join(" ")}\``);
  const entries = Object.values(COMMANDS);
  const width = Math.max(...entries.map(({ usage }) => usage.length));
  for (const { usage, summary } of entries) tell(`  yolo ${usage.padEnd(width)}  ${summary}`);
  tell("Each says more with --help. Exit codes: 0 fine, 1 findings, 2 not usable.");
  return isAsked ? EXIT.ok : EXIT.unusable;
}

function describe({ usage, summary, help }: Command): readonly string[] {
  return [`yolo ${usage}`, "", summary, "", ...help.map((line) => `  ${line}`)];
}

function explain(
  thrown: unknown,
  { usage }: Command,
  { isJson, ...io }: Io & { readonly isJson: boolean },
): ExitCode {
  const issues = issuesIn(thrown);
  if (issues !== undefined) {
    if (isJson) io.out(JSON.stringify({ ok: false, issues }));
    else showIssues(issues, io);
    return EXIT.findings;
  }
  if (thrown instanceof UsageError) {
    io.error(`yolo: ${thrown.message}`);
    io.error(`usage: yolo ${usage}`);
  } else if (thrown instanceof ApiError) {
    io.error(`yolo: ${thrown.message} (${thrown.code})`);
  } else {
    const { message, detail } = toAppError(thrown);
    io.error(`yolo: ${detail ?? message}`);
  }
  return EXIT.unusable;
}
