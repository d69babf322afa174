/** The place of something that is on its way; as high as what will come. */
import clsx from "clsx";

export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <div aria-hidden="true" className={clsx("animate-pulse rounded-md bg-hover/70", className)} />
  );
}

interface RowsProps {
  readonly rows?: number;
  /** Of one row, in pixels. */
  readonly rowHeight?: number;
}

/** A list on its way. */
export function SkeletonRows({ rows = 8, rowHeight = 40 }: RowsProps) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-raised" role="status">
      <span className="sr-only">Loading…</span>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <div
          key={row}
          className="flex items-center gap-4 border-line border-b px-3 last:border-b-0"
          style={{ height: rowHeight }}
        >
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-3 w-1/3" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
