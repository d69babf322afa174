/** The org's policies. */
import { STARTERS } from "@yolo/policy/starters";
import { withMode } from "@yolo/policy/with-mode";
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { FIRST_LINES } from "../../../features/policies/list/first-lines.ts";
import { PolicyList } from "../../../features/policies/list/policy-list.tsx";

export const metadata: Metadata = { title: "Policies" };

const BEGINNINGS = [...STARTERS, FIRST_LINES].map(({ id, title, text }) => ({
  ...{ id, title, text: withMode(text, "evaluate") },
}));

export default async function Page({
  params,
}: {
  readonly params: Promise<{ readonly org: string }>;
}) {
  const { org } = await params;
  return (
    <Prefetch org={org} calls={[["GET /policies", {}]]}>
      <PolicyList starters={BEGINNINGS} />
    </Prefetch>
  );
}
