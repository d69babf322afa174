/** One agent. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { getDeps } from "../../../../deps.ts";
import { AgentPage } from "../../../../features/agents/agent-page.tsx";
import { PERIODS, usageInput } from "../../../../features/agents/periods.ts";
import { orgAddress } from "../../../../features/start/org-address.ts";

export const metadata: Metadata = { title: "Agent" };

interface Props {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  const { own, bare, isResolved } = await orgAddress(getDeps().env, org);
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /agents/{id}", { id }],
        ["GET /policies", {}],
        ["GET /agent-keys", { agent: id, state: "working" }, "pages"],
        ...PERIODS.map((period) => ["GET /usage", usageInput(period, { agent: id })] as const),
      ]}
    >
      <AgentPage id={id} gateway={isResolved || bare === null ? own : bare} />
    </Prefetch>
  );
}
