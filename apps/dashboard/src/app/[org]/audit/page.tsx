/** What members did. */
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { Audit } from "../../../features/audit/audit.tsx";
import { setChangeFilters } from "../../../features/audit/change-filters.ts";

export const metadata: Metadata = { title: "Audit" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<{
    readonly [name: string]: string | readonly string[] | undefined;
  }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const filters = setChangeFilters(await searchParams);
  return (
    <Prefetch org={org} calls={[["GET /changes", filters, "pages"]]}>
      <Audit />
    </Prefetch>
  );
}
