"use client";

/** What has arrived since a moment, asked again by itself while somebody looks. */
import type { Output } from "../../data/api.ts";
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
const POLL_MS = 400;

/** `since` undefined: the last hour. Newest first. */
export function useCalls(since: string | undefined) {
  const query = useApi("GET /onboarding", { since }, { refetchInterval: POLL_MS, staleTime: 0 });
  return { ...query, arrivals: query.data === undefined ? [] : arrivalsOf(query.data) };
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
