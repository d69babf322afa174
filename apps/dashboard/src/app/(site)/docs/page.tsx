/** The list of documents. */
import type { Metadata } from "next";
import Link from "next/link";
import { listDocs } from "../../../features/docs/read-docs.ts";
import { Message } from "../../../ui/message.tsx";

export const metadata: Metadata = { title: "Docs" };

export default async function Page() {
  const docs = await listDocs();
  return (
    <Message title="Docs">
      <ul>
        {docs.map(({ name, title }) => (
          <li key={name}>
            <Link href={`/docs/${name}`}>{title}</Link>
          </li>
        ))}
        <li>
          <a href="/api/v1/openapi.json">The public API (OpenAPI 3.1)</a>
        </li>
      </ul>
    </Message>
  );
}
