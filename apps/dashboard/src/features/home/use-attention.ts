"use client";

/** Everything that wants a person's eye; each question answers or fails by itself. */
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { useNow } from "../../ui/use-now.ts";
import { type Attention, endingKeys, firstSteps, someCalls, trials } from "./attention.ts";
import { COUNTS } from "./questions.ts";

const REFRESH = { refetchInterval: 30_000 } as const;

export function useAttention() {
  const { can } = useOrg();
  const nowMs = useNow();
  const reads = { ...REFRESH, enabled: can("records:read") };
  const keys = useApi(
    "GET /agent-keys",
    { state: "working", limit: 200 },
    { enabled: can("agent-keys:read") },
  );
  const policies = useApi("GET /policies", {}, { enabled: can("policies:read") });
  const steps = useApi("GET /onboarding/steps", {}, { enabled: can("records:read") });
  const waiting = useApi("GET /records/counts", COUNTS.waiting, reads);
  const would = useApi("GET /records/counts", COUNTS.would, reads);
  const failed = useApi("GET /records/counts", COUNTS.failed, reads);
  const questions = [waiting, would, failed, keys, policies, steps];
  const items: readonly Attention[] = [
    ...calls(waiting.data, { name: "waiting", ends: "needed a person’s approval", tone: "warn" }),
    ...calls(failed.data, { name: "failed", ends: "failed upstream", tone: "bad" }),
    ...calls(would.data, {
      ...{ name: "would", tone: "info" },
      ends: "would not be allowed if every policy were enforced",
    }),
    ...(keys.data === undefined ? [] : endingKeys(keys.data, nowMs)),
    ...(policies.data === undefined ? [] : trials(policies.data, nowMs)),
    ...(steps.data === undefined ? [] : firstSteps(steps.data)),
  ];
  return {
    items,
    isLoading: questions.some(({ isLoading }) => isLoading),
    failures: questions.filter(({ error, data }) => error !== null && data === undefined),
  };
}

interface Wording {
  readonly name: keyof typeof COUNTS;
  /** After "12 calls". */
  readonly ends: string;
  readonly tone: Attention["tone"];
}

function calls(
  counts: Output<"GET /records/counts"> | undefined,
  { name, ends, tone }: Wording,
): readonly Attention[] {
  if (counts === undefined || counts.total === 0) return [];
  const path = `/activity?${new URLSearchParams(COUNTS[name])}`;
  return [{ id: name, text: `${someCalls(counts)} ${ends}`, path, tone }];
}
