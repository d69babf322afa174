/** What testing a connector says: whether it works, how long it took, and else what is wrong, in words. */
import { z } from "zod";

const PROBLEMS = [
  "wrong_credential",
  "forbidden",
  "refused_address",
  "unknown_name",
  "unreachable",
  "timeout",
  "tls",
  "wrong_address",
  "rate_limited",
  "upstream_error",
] as const;
export type Problem = (typeof PROBLEMS)[number];

export const ConnectorTest = z.strictObject({
  ok: z.boolean(),
  /** In mode `client_credential` there is no credential to try: only whether the address answers. */
  tried: z.enum(["credential", "reachability"]),
  problem: z.enum(PROBLEMS).nullable(),
  /** What was found and, where something is wrong, what to do. */
  message: z.string(),
  /** Of the answer; null when none came. */
  status: z.int().nullable(),
  latencyMs: z.int(),
});
export type ConnectorTest = z.output<typeof ConnectorTest>;
