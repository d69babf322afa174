"use client";

/** A box of the home page with one question's answer: it loads, fails and is tried again by itself. */
import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { ApiError } from "../../data/api.ts";
import { Card } from "../../ui/card.tsx";
import { ErrorState } from "../../ui/error-state.tsx";

interface Props<Data> {
  readonly title: string;
  /** Where all of it is listed. */
  readonly href: string;
  readonly query: Pick<UseQueryResult<Data, ApiError>, "data" | "error" | "refetch">;
  /** As high as what will come. */
  readonly skeleton: React.ReactNode;
  readonly children: (data: Data) => React.ReactNode;
}

export function Tile<Data>({ title, href, query, skeleton, children }: Props<Data>) {
  const { data, error, refetch } = query;
  return (
    <Card title={title} actions={<All href={href} of={title} />} flush>
      {data !== undefined && children(data)}
      {data === undefined && error === null && skeleton}
      {data === undefined && error !== null && (
        <div className="p-3">
          <ErrorState error={error} retry={refetch} compact />
        </div>
      )}
    </Card>
  );
}

function All({ href, of }: { readonly href: string; readonly of: string }) {
  return (
    <Link
      href={href}
      aria-label={`All of: ${of}`}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm text-muted text-xs hover:text-text coarse:min-h-11"
    >
      All <ArrowRight aria-hidden="true" className="size-3.5" />
    </Link>
  );
}
