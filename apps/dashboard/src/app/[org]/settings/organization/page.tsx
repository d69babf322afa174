/** The org itself. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { OrganizationPage } from "../../../../features/members/organization-page.tsx";

export const metadata: Metadata = { title: "Organization" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  return (
    <Prefetch org={(await params).org} calls={[["GET /org", {}]]}>
      <OrganizationPage timeZones={Intl.supportedValuesOf("timeZone")} />
    </Prefetch>
  );
}
