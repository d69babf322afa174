"use client";

/** The API in components: one answer, a list that grows, a change. Errors are always `ApiError`. */
import {
  type InfiniteData,
  keepPreviousData,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { type ApiError, call, type Input, type Output, type RouteName } from "./api.ts";
import { answerKey, pagesKey } from "./keys.ts";
import { useOrg } from "./org-context.tsx";

type Options<Name extends RouteName> = Pick<
  UseQueryOptions<Output<Name>, ApiError>,
  "enabled" | "staleTime"
> & {
  /** In milliseconds. What has failed before anything was there is not asked again: it would come and go with each try. */
  readonly refetchInterval?: number | false;
  /** Shows the last answer while the next one, of another input, is on its way. */
  readonly keepPrevious?: boolean;
};

/** One answer, asked again by itself when it is stale and looked at. */
export function useApi<Name extends RouteName>(
  route: Name,
  input: Input<Name>,
  { keepPrevious = false, refetchInterval = false, ...options }: Options<Name> = {},
) {
  const { slug } = useOrg();
  return useQuery<Output<Name>, ApiError>({
    queryKey: answerKey(slug, route, input),
    queryFn: ({ signal }) => call(slug, route, input, signal),
    refetchInterval: ({ state: { data, error } }) =>
      data === undefined && error !== null ? false : refetchInterval,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...options,
  });
}

/** Routes that answer keyset pages. */
export type PagedRoute = {
  [Name in RouteName]: Output<Name> extends {
    readonly data: readonly unknown[];
    readonly nextBefore: string | null;
  }
    ? Name
    : never;
}[RouteName];

/** One entry of such a list. */
export type Item<Name extends PagedRoute> = Output<Name>["data"][number];

interface PagesOptions {
  readonly enabled?: boolean;
  /** Asks every page again, so it is for short lists; long ones ask for what is new instead. */
  readonly refetchInterval?: number;
  readonly keepPrevious?: boolean;
}

/** Whoever reads on reads far: pages after the first are as long as the API gives them. */
const FURTHER_PAGE = 200;
/** A list that has grown longer is not asked for again as a whole: what was read stays as it was read. */
const ASKED_AGAIN_MAX = 3;

/** A keyset list: `items` of all pages so far; `fetchNextPage` brings the next. */
export function usePages<Name extends PagedRoute>(
  route: Name,
  input: Input<Name>,
  { keepPrevious = false, ...options }: PagesOptions = {},
) {
  const { slug } = useOrg();
  const query = useInfiniteQuery<
    Output<Name>,
    ApiError,
    InfiniteData<Output<Name>, string | undefined>,
    ReturnType<typeof pagesKey<Name>>,
    string | undefined
  >({
    queryKey: pagesKey(slug, route, input),
    initialPageParam: undefined,
    queryFn: ({ pageParam: before, signal }) => {
      const page = before === undefined ? {} : { before, limit: FURTHER_PAGE };
      return call(slug, route, { ...input, ...page }, signal);
    },
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    refetchOnMount: isShort,
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...options,
  });
  const pages = query.data?.pages;
  const items = useMemo(
    () => pages?.flatMap(({ data }): readonly Item<Name>[] => data) ?? [],
    [pages],
  );
  return { ...query, items };
}

function isShort({ state }: { readonly state: { readonly data: unknown } }): boolean {
  const { data } = state;
  const pages = typeof data === "object" && data !== null && "pages" in data ? data.pages : [];
  return !Array.isArray(pages) || pages.length <= ASKED_AGAIN_MAX;
}

interface ChangeOptions<Name extends RouteName> {
  /** Routes whose answers this change makes old, with whatever input. */
  readonly invalidates?: readonly RouteName[];
  readonly onSuccess?: (output: Output<Name>, input: Input<Name>) => void;
}

/** A change: `mutate(input)`, `isPending`, `error`, `data`. Never tried twice by itself. */
export function useChange<Name extends RouteName>(
  route: Name,
  { invalidates = [], onSuccess }: ChangeOptions<Name> = {},
) {
  const { slug } = useOrg();
  const client = useQueryClient();
  return useMutation<Output<Name>, ApiError, Input<Name>>({
    mutationFn: (input) => call(slug, route, input),
    onSuccess: async (output, input) => {
      const old = invalidates.map((name) => client.invalidateQueries({ queryKey: [slug, name] }));
      onSuccess?.(output, input);
      await Promise.all(old);
    },
  });
}
