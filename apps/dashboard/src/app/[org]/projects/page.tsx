/** The org's projects. */
import { STARTERS } from "@yolo/policy/starters";
import type { Metadata } from "next";
import { Prefetch } from "../../../data/prefetch.tsx";
import { ProjectList } from "../../../features/projects/project-list.tsx";

export const metadata: Metadata = { title: "Projects" };

const CHOICES = STARTERS.map(({ id, title }) => ({ id, title }));

export default async function Page({
  params,
}: {
  readonly params: Promise<{ readonly org: string }>;
}) {
  const { org } = await params;
  return (
    <Prefetch org={org} calls={[["GET /projects", {}, "pages"]]}>
      <ProjectList starters={CHOICES} />
    </Prefetch>
  );
}
