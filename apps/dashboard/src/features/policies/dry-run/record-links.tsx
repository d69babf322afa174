"use client";

/** Records to look at. */
import { useOrg } from "../../../data/org-context.tsx";
import { ShortId } from "../../../ui/short-id.tsx";

export function RecordLinks({ records }: { readonly records: readonly string[] }) {
  const { slug } = useOrg();
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {records.map((id) => (
        <ShortId key={id} id={id} href={`/${slug}/records/${id}`} copy={false} />
      ))}
    </span>
  );
}
