/** A page arrives with its data: what it shows first is asked on the server, by the same verbs, as the same member. */
import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import type { Verb } from "@yolo/control/verb";
import { toAppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { notFound } from "next/navigation";
import { contextOf } from "../api/answer.ts";
import { ROUTES } from "../api/routes.ts";
import { getDeps } from "../deps.ts";
import { requireMember } from "../sign-in/who.ts";
import type { Input, RouteName } from "./api.ts";
import { answerKey, pagesKey } from "./keys.ts";
import { createQueryClient } from "./query-client.ts";
import type { PagedRoute } from "./use-api.ts";

/** What `useApi(route, input)` will ask; with "pages", what `usePages(route, input)` will. */
export type PrefetchCall =
  | { [Name in RouteName]: readonly [route: Name, input: Input<Name>] }[RouteName]
  | { [Name in PagedRoute]: readonly [route: Name, input: Input<Name>, kind: "pages"] }[PagedRoute];

interface Props {
  /** The slug. */
  readonly org: string;
  readonly calls: readonly PrefetchCall[];
  readonly children: React.ReactNode;
}

/**
 * Where a call finds nothing, what the address names does not exist: the page is answered with 404. One that fails
 * otherwise is left out: the page asks it again by itself, and shows what is wrong.
 */
export async function Prefetch({ org, calls, children }: Props) {
  const { actor } = await requireMember(org);
  const client = createQueryClient();
  const deps = getDeps();
  const requestId = encodeId("apiRequest", newId());
  const context = contextOf(deps, actor, requestId);
  const log = deps.logger.child({ requestId });
  let isMissing = false;
  const ask = async (route: RouteName, input: object) => {
    const verb: Verb = ROUTES[route].verb;
    try {
      return await verb.run(context, input);
    } catch (thrown) {
      const { code, detail, status } = toAppError(thrown);
      if (code === "not_found") isMissing = true;
      if (status >= 500) log.error({ code, detail, route }, "prefetch failed");
      throw thrown;
    }
  };
  await Promise.all(calls.map((call) => prefetch(client, org, call, ask)));
  if (isMissing) notFound();
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

type Ask = (route: RouteName, input: object) => Promise<unknown>;

function prefetch(client: QueryClient, org: string, call: PrefetchCall, ask: Ask): Promise<void> {
  const [route, input, kind] = call;
  const queryFn = () => ask(route, input);
  if (kind === undefined) {
    return client.prefetchQuery({ queryKey: answerKey(org, route, input), queryFn, retry: false });
  }
  const queryKey = pagesKey(org, route, input);
  return client.prefetchInfiniteQuery({
    queryKey,
    queryFn,
    initialPageParam: undefined,
    retry: false,
  });
}
