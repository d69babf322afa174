/** One record. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { RecordPage } from "../../../../features/records/record-page.tsx";

export const metadata: Metadata = { title: "Record" };

interface Props {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  return (
    <Prefetch org={org} calls={[["GET /records/{id}", { id }]]}>
      <RecordPage id={id} />
    </Prefetch>
  );
}
