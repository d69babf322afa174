"use client";

/** What has arrived since a moment, asked again by itself while somebody looks. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Output } from "../../data/api.ts";
import { answerKey } from "../../data/keys.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";

type Answer = Output<"GET /onboarding">;
export type RecordedCall = Answer["calls"][number];
export type UnrecordedCall = NonNullable<Answer["unrecorded"]>[number];

export type Arrival =
  | {
      readonly kind: "recorded";
      readonly id: string;
      readonly at: string;
      readonly call: RecordedCall;
    }
  | {
      readonly kind: "unrecorded";
      readonly id: string;
      readonly at: string;
      readonly call: UnrecordedCall;
    };

/** Often enough that a call is on the screen within a second of its arrival. */
const POLL_MS = 300;

/** `since` undefined: the last hour. Newest first. */
export function useCalls(since: string | undefined) {
  const query = useApi("GET /onboarding", { since }, { refetchInterval: POLL_MS, staleTime: 0 });
  const arrivals = query.data === undefined ? [] : arrivalsOf(query.data);
  useStepsTaken(arrivals[0]?.id);
  return { ...query, arrivals };
}

/** A call may be a step of the org's list: it is ticked as the call is shown. */
function useStepsTaken(newest: string | undefined): void {
  const { slug } = useOrg();
  const client = useQueryClient();
  useEffect(() => {
    if (newest === undefined) return;
    void client.invalidateQueries({ queryKey: answerKey(slug, "GET /onboarding/steps", {}) });
  }, [client, slug, newest]);
}

function arrivalsOf({ calls, unrecorded }: Answer): Arrival[] {
  const recorded = calls.map(
    (call): Arrival => ({
      ...{ kind: "recorded", id: call.record.id, at: call.record.at, call },
    }),
  );
  const refused = (unrecorded ?? []).map(
    (call): Arrival => ({ kind: "unrecorded", id: call.requestId, at: call.at, call }),
  );
  return [...recorded, ...refused].sort((one, other) => other.at.localeCompare(one.at));
}
