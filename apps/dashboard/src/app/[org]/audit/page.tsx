/** What members did. */
import type { Metadata } from "next";
import type { Asked } from "../../../data/filters.ts";
import { Prefetch } from "../../../data/prefetch.tsx";
import { Audit } from "../../../features/audit/audit.tsx";
import { changeFilters, changeKind, MEMBERS } from "../../../features/audit/change-filters.ts";

export const metadata: Metadata = { title: "Audit" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Asked>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const asked = await searchParams;
  const filters = changeFilters(asked);
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /changes", { kind: changeKind(asked), ...filters }, "pages"],
        ["GET /changes/counts", filters],
        ["GET /members", MEMBERS, "pages"],
      ]}
    >
      <Audit />
    </Prefetch>
  );
}
