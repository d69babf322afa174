"use client";

/** How far something is. */
import { Progress as Base } from "@base-ui/react/progress";

interface Props {
  readonly label: string;
  /** Null: it is not known how far. */
  readonly value: number | null;
  readonly max?: number;
}

export function Progress({ label, value, max = 100 }: Props) {
  return (
    <Base.Root value={value} max={max} className="flex flex-col gap-1.5">
      <Base.Label className="text-muted text-xs">{label}</Base.Label>
      <Base.Track className="h-1.5 overflow-hidden rounded-full bg-hover">
        <Base.Indicator className="block h-full rounded-full bg-fill transition-[width] data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
