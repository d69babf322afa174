/** What the org's agents do. */
import type { Metadata } from "next";
import type { Asked } from "../../../data/filters.ts";
import { Prefetch } from "../../../data/prefetch.tsx";
import { Activity } from "../../../features/activity/activity.tsx";
import { recordFilters } from "../../../features/activity/record-filters.ts";

export const metadata: Metadata = { title: "Activity" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Asked>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const filters = recordFilters(await searchParams);
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /records", filters, "pages"],
        ["GET /records/counts", filters],
      ]}
    >
      <Activity />
    </Prefetch>
  );
}
