"use client";

/** A session's run: its events in order, page by page, and what was said in them. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ApiError, call, type Output } from "../../data/api.ts";
import { answerKey } from "../../data/keys.ts";
import { useOrg } from "../../data/org-context.tsx";
import { firstPageOf } from "./first-page.ts";

export type Run = Output<"GET /sessions/{id}">;
export type RunEvent = Run["events"][number];
export type Said = Output<"GET /sessions/{id}/turns">["data"][number];

const LIVE_MS = 2_000;

/** While the session is active its end is asked for again. */
export function useRun(id: string) {
  const { slug } = useOrg();
  const arrived = useQueryClient().getQueryData<Run>(
    answerKey(slug, "GET /sessions/{id}", firstPageOf(id)),
  );
  const run = useInfiniteQuery<
    Run,
    ApiError,
    { pages: Run[]; pageParams: (string | undefined)[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: [slug, "GET /sessions/{id}", { id }, "run"],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(slug, "GET /sessions/{id}", { ...firstPageOf(id), after: pageParam }, signal),
    getNextPageParam: ({ nextAfter }) => nextAfter ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    ...(arrived !== undefined && { initialData: { pages: [arrived], pageParams: [undefined] } }),
  });
  const pages = run.data?.pages;
  const last = pages?.at(-1);
  const known = useMemo(() => pages?.flatMap(({ events }) => events) ?? [], [pages]);
  const tail = useTail({
    slug,
    id,
    known,
    isLive: last?.nextAfter === null && last.session.active,
  });
  const events = useMemo(() => withTail(known, tail.data?.events ?? []), [known, tail.data]);
  return { ...run, session: tail.data?.session ?? last?.session, events };
}

interface Tail {
  readonly slug: string;
  readonly id: string;
  readonly known: readonly RunEvent[];
  readonly isLive: boolean;
}

/** What comes after the last event that had ended when the pages were read. */
function useTail({ slug, id, known, isLive }: Tail) {
  const firstOpen = known.findIndex(({ outcome }) => outcome === null);
  const from = known.at((firstOpen === -1 ? known.length : firstOpen) - 1)?.id;
  const after = firstOpen === 0 ? undefined : from;
  return useQuery<Run, ApiError>({
    queryKey: [slug, "GET /sessions/{id}", { id }, "tail", after],
    queryFn: ({ signal }) =>
      call(slug, "GET /sessions/{id}", { ...firstPageOf(id), after }, signal),
    enabled: isLive,
    refetchInterval: LIVE_MS,
    staleTime: 0,
  });
}

function withTail(known: readonly RunEvent[], tail: readonly RunEvent[]): readonly RunEvent[] {
  const [first] = tail;
  if (first === undefined) return known;
  return [...known.filter(({ id }) => id < first.id), ...tail];
}

const SAID_AT_ONCE = 25;

/** By record; asked for those given, in steps that stay the same while one scrolls. */
export function useSaid(id: string, events: readonly RunEvent[], step: number, enabled: boolean) {
  const { slug } = useOrg();
  const ids = events
    .slice(step * SAID_AT_ONCE, (step + 1) * SAID_AT_ONCE)
    .map((event) => event.id)
    .join(",");
  return useQuery<ReadonlyMap<string, Said>, ApiError>({
    queryKey: [slug, "GET /sessions/{id}/turns", { id, records: ids }],
    queryFn: async ({ signal }) => {
      const { data } = await call(slug, "GET /sessions/{id}/turns", { id, records: ids }, signal);
      return new Map(data.map((said) => [said.id, said]));
    },
    enabled: enabled && ids !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** In which step an event is asked for. */
export function stepOf(index: number): number {
  return Math.floor(index / SAID_AT_ONCE);
}
