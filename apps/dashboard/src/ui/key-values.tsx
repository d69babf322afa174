/** Facts about one thing: names on the left, values on the right; on a phone below each other. */

export interface KeyValue {
  readonly label: string;
  readonly value: React.ReactNode;
}

export function KeyValues({ items }: { readonly items: readonly KeyValue[] }) {
  return (
    <dl className="grid gap-x-6 text-sm sm:grid-cols-[minmax(7rem,max-content)_1fr]">
      {items.map(({ label, value }) => (
        <div
          key={label}
          className="col-span-full grid grid-cols-subgrid border-line border-b py-1.5 last:border-b-0"
        >
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
