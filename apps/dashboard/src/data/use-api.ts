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
import { type ApiError, call, type Input, type Output, type RouteName } from "./api.ts";
import { answerKey, pagesKey } from "./keys.ts";
import { useOrg } from "./org-context.tsx";

type Options<Name extends RouteName> = Pick<
  UseQueryOptions<Output<Name>, ApiError>,
  "enabled" | "refetchInterval" | "staleTime"
> & {
  /** Shows the last answer while the next one, of another input, is on its way. */
  readonly keepPrevious?: boolean;
};

/** One answer, asked again by itself when it is stale and looked at. */
export function useApi<Name extends RouteName>(
  route: Name,
  input: Input<Name>,
  { keepPrevious = false, ...options }: Options<Name> = {},
) {
  const { slug } = useOrg();
  return useQuery<Output<Name>, ApiError>({
    queryKey: answerKey(slug, route, input),
    queryFn: ({ signal }) => call(slug, route, input, signal),
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
    queryFn: ({ pageParam, signal }) => call(slug, route, { ...input, before: pageParam }, signal),
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...options,
  });
  const items = query.data?.pages.flatMap(({ data }): readonly Item<Name>[] => data) ?? [];
  return { ...query, items };
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
