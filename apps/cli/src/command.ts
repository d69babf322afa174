/** A command of the program: what it takes, what it says about itself, what it does. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type ExitCode, UsageError } from "./exit-code.ts";
import type { Io } from "./io.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

export interface Command {
  /** After `yolo `: `policy lint <file>…`. */
  readonly usage: string;
  readonly summary: string;
  /** Lines of the help, one per option. */
  readonly help: readonly string[];
  /** Throws `UsageError` and `ApiError`. */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

/** The options and what stands beside them. Throws `UsageError` for what is not known. */
export function readArguments<Given extends Options>(args: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(message.split(". ")[0] ?? message, { cause });
  }
}
