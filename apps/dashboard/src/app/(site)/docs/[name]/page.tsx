/** One document. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Markdown } from "../../../../features/docs/markdown.tsx";
import { readDoc, titleOf } from "../../../../features/docs/read-docs.ts";

interface Props {
  readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: titleOf((await readDoc(name)) ?? "", name) };
}

export default async function Page({ params }: Props) {
  const { name } = await params;
  const markdown = await readDoc(name);
  if (markdown === undefined) notFound();
  return (
    <article className="prose">
      <Markdown text={markdown} />
    </article>
  );
}
