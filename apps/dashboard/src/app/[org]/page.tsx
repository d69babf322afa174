/** Home: what needs a person, what it came to, what happens. */
import type { Metadata } from "next";
import { Prefetch, type PrefetchCall } from "../../data/prefetch.tsx";
import { Home } from "../../features/home/home.tsx";
import { COUNTS, DENIALS, NEWEST, SINCE } from "../../features/home/questions.ts";

export const metadata: Metadata = { title: "Home" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

const CALLS: readonly PrefetchCall[] = [
  ["GET /usage", { since: SINCE }],
  ["GET /records", NEWEST],
  ["GET /records", DENIALS],
  ["GET /records/counts", COUNTS.waiting],
  ["GET /records/counts", COUNTS.failed],
  ["GET /records/counts", COUNTS.would],
  ["GET /agent-keys", { state: "working", limit: 200 }],
  ["GET /policies", {}],
  ["GET /onboarding/steps", {}],
];

export default async function Page({ params }: Props) {
  return (
    <Prefetch org={(await params).org} calls={CALLS}>
      <Home />
    </Prefetch>
  );
}
