/** How far something is. */
import { useId } from "react";

interface Props {
  readonly label: string;
  /** Null: it is not known how far. */
  readonly value: number | null;
  readonly max?: number;
}

export function Progress({ label, value, max = 100 }: Props) {
  const id = useId();
  const share = value === null || max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="text-muted text-xs">
        {label}
      </span>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value ?? undefined}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={
            value === null
              ? "h-full w-1/3 animate-pulse rounded-full bg-fill"
              : "h-full rounded-full bg-fill transition-[width]"
          }
          style={value === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
