/** One run of an agent. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { firstPageOf } from "../../../../features/sessions/first-page.ts";
import { SessionPage } from "../../../../features/sessions/session-page.tsx";

export const metadata: Metadata = { title: "Session" };

interface Props {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  return (
    <Prefetch org={org} calls={[["GET /sessions/{id}", firstPageOf(id)]]}>
      <SessionPage id={id} />
    </Prefetch>
  );
}
