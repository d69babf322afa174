/**
 * The canonical action: what an agent attempts, in one form whatever protocol it was seen on.
 * Decisions, approvals, grants, loop fingerprints and records all use this form and its hash.
 */
import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { VerbFamily } from "./verb-family.ts";

/** A value that JSON can hold. Facts and arguments are made of these and nothing else. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** `family:verb`, for example `llm:invoke`, `git:push`, `aws:s3:GetObject`. */
export type Verb = `${VerbFamily}:${string}`;

export const SURFACES = ["llm", "mcp", "http", "git", "aws", "hooks", "decide"] as const;
export type SurfaceName = (typeof SURFACES)[number];

export interface Action {
  readonly verb: Verb;
  /** Canonical text of the thing acted on: `anthropic/claude-sonnet-5-5`, `github.com/acme/app#refs/heads/main`. */
  readonly resource: string;
  /** What identifies this very attempt; part of the hash. */
  readonly args: { readonly [name: string]: Json };
  /** What a policy may look at besides the arguments; not part of the hash. */
  readonly facts: { readonly [name: string]: Json };
}

/** One request holds at least one action; the strictest decision rules them all. */
export type Actions = readonly [Action, ...Action[]];

/**
 * SHA-256 over the JCS form (RFC 8785) of the ordered list of `{ verb, resource, args }`; 32 bytes.
 * The surface and the facts stay outside, so that the same deed seen elsewhere has the same hash.
 */
export function hashActions(actions: Actions): Buffer {
  const canonical = canonicalize(
    actions.map(({ verb, resource, args }) => ({ verb, resource, args })),
  );
  return hash("sha256", canonical ?? "", "buffer");
}
