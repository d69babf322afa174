"use client";

/** A table for what is compared by columns. Wider than the page, it scrolls by itself, also by keyboard. */
import clsx from "clsx";
import { createContext, use } from "react";

/** What scrolls must be reachable by keyboard. */
const SCROLLABLE = { tabIndex: 0 } as const;

interface TableProps {
  /** What it lists, for those who cannot see it. */
  readonly label: string;
  readonly children: React.ReactNode;
}

export function Table({ label, children }: TableProps) {
  return (
    <section
      aria-label={label}
      {...SCROLLABLE}
      className="relative overflow-x-auto rounded-lg border border-line bg-raised outline-offset-0"
    >
      <table className="w-full border-collapse text-left text-sm">{children}</table>
    </section>
  );
}

const InHead = createContext(false);

/** The row of column names: its children are `Cell`s. */
export function Head({ children }: { readonly children: React.ReactNode }) {
  return (
    <thead className="border-line border-b bg-well/60 text-muted text-xs">
      <InHead value={true}>
        <tr>{children}</tr>
      </InHead>
    </thead>
  );
}

interface RowProps {
  readonly selected?: boolean;
  readonly children: React.ReactNode;
}

export function Row({ selected = false, children }: RowProps) {
  return (
    <tr
      aria-selected={selected || undefined}
      className={clsx(
        "border-line border-b last:border-b-0 hover:bg-well/60",
        selected && "bg-link-halo",
      )}
    >
      {children}
    </tr>
  );
}

interface CellProps {
  readonly align?: "left" | "right";
  /** Numbers and ids: figures of one width. */
  readonly mono?: boolean;
  /** As wide as what stands in it. */
  readonly tight?: boolean;
  readonly className?: string;
  readonly children?: React.ReactNode;
}

export function Cell({ align = "left", mono, tight, className, children }: CellProps) {
  const isHead = use(InHead);
  const classes = clsx(
    "px-3 align-middle",
    align === "right" && "text-right tabular-nums",
    mono && "font-mono text-xs",
    tight && "w-px whitespace-nowrap",
    className,
  );
  return isHead ? (
    <th scope="col" className={clsx("h-8 whitespace-nowrap font-medium", classes)}>
      {children}
    </th>
  ) : (
    <td className={clsx("h-10 py-1.5", classes)}>{children}</td>
  );
}
