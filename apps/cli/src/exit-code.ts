/** How a command ends, for scripts and CI: the same three numbers everywhere. */
export const EXIT = {
  ok: 0,
  /** A policy with errors, a failing test, or what `--strict`, `--expect` and `--exit-code` were asked to find. */
  findings: 1,
  /** Wrong arguments, a file that cannot be read, an API that does not answer or refuses. */
  unusable: 2,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong arguments, or something that the command needs and cannot have: told in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
