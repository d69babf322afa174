/** What the org's agents do. */
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { Activity } from "../../../features/activity/activity.tsx";
import { filtersOfAddress } from "../../../features/activity/record-filters.ts";

export const metadata: Metadata = { title: "Activity" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<{
    readonly [name: string]: string | readonly string[] | undefined;
  }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const filters = filtersOfAddress(await searchParams);
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
