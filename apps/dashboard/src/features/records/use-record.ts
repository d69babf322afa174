"use client";

/** One record; while it is open it is asked again. */
import type { Input, Output } from "../../data/api.ts";
import { useApi } from "../../data/use-api.ts";

export type RecordDetail = Output<"GET /records/{id}">;
export type Turn = NonNullable<NonNullable<RecordDetail["payloads"]>[number]["turns"]>[number];

/** Showing payloads is on record each time, so a closed record is asked for once. */
export function useRecord(id: string) {
  const input: Input<"GET /records/{id}"> = { id };
  return useApi("GET /records/{id}", input, { staleTime: Number.POSITIVE_INFINITY });
}
