"use client";

/** Records to look at. */
import { useOrg } from "../../../data/org-context.tsx";
import { shortenId } from "../../../ui/shorten-id.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export function RecordLinks({ records }: { readonly records: readonly string[] }) {
  const { slug } = useOrg();
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {records.map((id) => (
        <TextLink
          key={id}
          href={`/${slug}/records/${id}`}
          title={id}
          className="inline-flex min-h-6 items-center font-mono text-xs coarse:min-h-11"
        >
          {shortenId(id)}
        </TextLink>
      ))}
    </span>
  );
}
