/** One policy: edit, tests, try, dry run, versions. */
import { policyJsonSchema } from "@yolo/policy/json-schema";
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { PolicyPage } from "../../../../features/policies/page/policy-page.tsx";

export const metadata: Metadata = { title: "Policy" };

const SCHEMA = policyJsonSchema();

interface Props {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /policies/{id}", { id }],
        ["GET /policies/{id}/draft", { id }],
      ]}
    >
      <PolicyPage id={id} schema={SCHEMA} />
    </Prefetch>
  );
}
