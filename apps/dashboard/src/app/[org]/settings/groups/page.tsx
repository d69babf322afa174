/** The org's groups. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { GroupsPage } from "../../../../features/members/groups-page.tsx";

export const metadata: Metadata = { title: "Groups" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /groups", {}, "pages"],
        ["GET /members", { limit: 200 }],
      ]}
    >
      <GroupsPage />
    </Prefetch>
  );
}
