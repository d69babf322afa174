/** The org's connectors. */
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { Connectors } from "../../../features/connectors/connectors.tsx";

export const metadata: Metadata = { title: "Connectors" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  return (
    <Prefetch org={(await params).org} calls={[["GET /connectors", {}]]}>
      <Connectors />
    </Prefetch>
  );
}
