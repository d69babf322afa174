/** The runs of the org's agents. */
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { setSessionFilters } from "../../../features/sessions/session-filters.ts";
import { SessionList } from "../../../features/sessions/session-list.tsx";

export const metadata: Metadata = { title: "Sessions" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<{
    readonly [name: string]: string | readonly string[] | undefined;
  }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const filters = setSessionFilters(await searchParams);
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /sessions", filters, "pages"],
        ["GET /agents", {}],
      ]}
    >
      <SessionList />
    </Prefetch>
  );
}
