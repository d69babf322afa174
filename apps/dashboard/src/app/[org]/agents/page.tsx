/** The org's agents. */
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { AgentList } from "../../../features/agents/agent-list.tsx";

export const metadata: Metadata = { title: "Agents" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<{ readonly project?: string | readonly string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const { project } = await searchParams;
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /agents", typeof project === "string" ? { project } : {}, "pages"],
        ["GET /projects", {}],
        ["GET /usage", {}],
      ]}
    >
      <AgentList />
    </Prefetch>
  );
}
