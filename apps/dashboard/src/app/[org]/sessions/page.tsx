/** The runs of the org's agents. */
import type { Metadata } from "next";
import type { Asked } from "../../../data/filters.ts";
import { Prefetch } from "../../../data/prefetch.tsx";
import { sessionFilters } from "../../../features/sessions/session-filters.ts";
import { SessionList } from "../../../features/sessions/session-list.tsx";

export const metadata: Metadata = { title: "Sessions" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Asked>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const filters = sessionFilters(await searchParams);
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
