/** Runs the program here, with files that exist in a test's memory only. */
import type { Env } from "../src/env.ts";
import { UsageError } from "../src/exit-code.ts";
import { runProgram } from "../src/program.ts";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Env;
  readonly isTerminal?: boolean;
}

export async function run(
  args: readonly string[],
  { files = {}, env = {}, isTerminal = false }: World = {},
): Promise<Run> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runProgram(args, {
    out: (line) => void out.push(line),
    error: (line) => void error.push(line),
    ...{ isTerminal, env },
    async read(path) {
      const text = files[path];
      if (text === undefined) throw new UsageError(`${path} cannot be read`);
      return text;
    },
  });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** One file that is fine, one that has an error, one with a failing test, and one that another leans on. */
export const FILES = {
  "good.yaml": `version: 1
rules:
  - allow: git:*
    on: github.com/acme/**
  - approve: git:push
    on: "github.com/acme/*#refs/heads/main"
    if: args.size > 10
  - deny: [git:force_push, git:delete_ref]
    id: history-stands
    reason: History is not rewritten.
tests:
  - { name: no force, action: git:force_push, on: "github.com/acme/app#main", expect: deny, rule: history-stands }
`,
  "bad.yaml": "version: 1\nrules:\n  - alow: git:*\n",
  "failing.yaml": `rules:
  - allow: mcp:call
tests:
  - { name: the other file lets it fetch, action: git:fetch, on: github.com/acme/app, expect: allow }
`,
  "warned.yaml": "rules:\n  - allow: git:push\n  - deny: git:*\n",
} as const;
