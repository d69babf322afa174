/**
 * An error for the person at the terminal: its message is one complete line that says what is wrong and
 * what to do, and is shown without a stack trace.
 */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, " ").trim(), options);
    this.name = "OperatorError";
  }
}

/**
 * Runs a command's `main` and ends the process: with code 0, or after an `OperatorError` with its line on stderr
 * and code 1. The schema engine's lock timer would keep it alive for ten more seconds.
 */
export async function runCommand(main: () => Promise<void>): Promise<never> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
  process.exit();
}
