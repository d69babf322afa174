/** From nothing to the first call. */
import { STARTERS } from "@yolo/policy/starters";
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { getDeps } from "../../../deps.ts";
import { orgAddress } from "../../../features/start/org-address.ts";
import { Start } from "../../../features/start/start.tsx";

export const metadata: Metadata = { title: "Start" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /projects", {}],
        ["GET /agents", {}],
        ["GET /connectors", {}],
        ["GET /onboarding", { since: undefined }],
        ["GET /onboarding/steps", {}],
      ]}
    >
      <Start
        address={await orgAddress(getDeps().env, org)}
        starters={STARTERS.map(({ id, title }) => ({ id, title }))}
      />
    </Prefetch>
  );
}
