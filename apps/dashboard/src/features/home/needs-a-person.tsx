"use client";

/** What a person should look at, each with the way there. */
import clsx from "clsx";
import { ChevronRight, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import type { Attention } from "./attention.ts";
import { useAttention } from "./use-attention.ts";

export function NeedsAPerson() {
  const { items, isLoading, failures } = useAttention();
  // Several questions, one answer to whoever looks: it is not all known.
  const error = failures[0]?.error ?? null;
  const retry = () => void Promise.all(failures.map(({ refetch }) => refetch()));
  const isQuiet = items.length === 0 && failures.length === 0;
  return (
    <Card title="Needs a person" flush>
      {error !== null && (
        <div className="p-3">
          <ErrorState error={error} retry={retry} compact />
        </div>
      )}
      <ul className={items.length === 0 ? "hidden" : "py-1.5"}>
        {items.map((item) => (
          <li key={item.id}>
            <Line item={item} />
          </li>
        ))}
      </ul>
      {isLoading && isQuiet && <Skeleton className="m-4 h-10" />}
      {!isLoading && isQuiet && (
        <p className="flex items-center gap-2 px-4 py-6 text-muted text-sm">
          <CircleCheck aria-hidden="true" className="size-4 text-good" />
          Nothing waits for you.
        </p>
      )}
    </Card>
  );
}

const DOTS: { readonly [tone in Attention["tone"]]: string } = {
  bad: "bg-bad",
  warn: "bg-warn",
  info: "bg-info",
};

function Line({ item }: { readonly item: Attention }) {
  const { slug } = useOrg();
  return (
    <Link
      href={`/${slug}${item.path}`}
      className="flex min-h-9 items-center gap-2.5 px-4 py-1 text-sm outline-offset-[-2px] hover:bg-well/60 coarse:min-h-11"
    >
      <span
        aria-hidden="true"
        className={clsx("size-1.5 shrink-0 rounded-full", DOTS[item.tone])}
      />
      <span className="min-w-0 flex-1">{item.text}</span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
