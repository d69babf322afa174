"use client";

/** A record's own page. */
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { RecordView } from "./record-view.tsx";

export function RecordPage({ id }: { readonly id: string }) {
  const { slug } = useOrg();
  return (
    <div className="mx-auto max-w-3xl">
      <Link
        href={`/${slug}/activity`}
        className="mb-2 inline-flex min-h-6 items-center rounded-sm text-muted text-xs hover:text-text hover:underline coarse:min-h-11"
      >
        Activity
      </Link>
      <RecordView id={id} heading="h1" />
    </div>
  );
}
