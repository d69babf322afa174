/** The list of documents. */
import type { Metadata } from "next";
import { listDocs } from "../../../features/docs/read-docs.ts";
import { PageHeader } from "../../../ui/page-header.tsx";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Docs" };

export default async function Page() {
  const docs = await listDocs();
  return (
    <div className="max-w-2xl">
      <PageHeader
        title="Docs"
        description="How it works, what it promises, and what it says when it refuses."
      />
      <ul className="flex flex-col gap-1">
        {docs.map(({ name, title }) => (
          <li key={name} className="py-1">
            <TextLink href={`/docs/${name}`}>{title}</TextLink>
          </li>
        ))}
        <li className="py-1">
          <TextLink href="/api/v1/openapi.json" prefetch={false}>
            The public API (OpenAPI 3.1)
          </TextLink>
        </li>
      </ul>
    </div>
  );
}
