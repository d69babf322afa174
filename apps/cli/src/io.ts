/** What a command may touch of the world: its terminal, its environment and its files. */
import type { Env } from "./env.ts";

export interface Io {
  /** A line on standard output. */
  out(line: string): void;
  /** A line on standard error. */
  error(line: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly env: Env;
  /** The text of a file, or of standard input for `-`. Throws `UsageError` when it cannot be read. */
  read(path: string): Promise<string>;
}
