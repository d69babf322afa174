/** One project. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { PERIODS, usageInput } from "../../../../features/agents/periods.ts";
import { ProjectPage } from "../../../../features/projects/project-page.tsx";

export const metadata: Metadata = { title: "Project" };

interface Props {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /projects/{id}", { id }],
        ["GET /agents", { project: id }, "pages"],
        ["GET /policies", {}],
        ...PERIODS.map((period) => ["GET /usage", usageInput(period, { project: id })] as const),
      ]}
    >
      <ProjectPage id={id} />
    </Prefetch>
  );
}
