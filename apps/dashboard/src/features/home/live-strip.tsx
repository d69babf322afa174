"use client";

/** What happens right now: the newest calls, asked again while the page is in sight. */
import { Ban, Check, Hand } from "lucide-react";
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, useApi } from "../../data/use-api.ts";
import type { Decision } from "../../ui/decision-badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { NEWEST } from "./questions.ts";
import { Tile } from "./tile.tsx";

const REFRESH_MS = 2_000;

export function LiveStrip() {
  const { slug } = useOrg();
  const newest = useApi("GET /records", NEWEST, { refetchInterval: REFRESH_MS });
  return (
    <Tile
      title="Latest calls"
      href={`/${slug}/activity`}
      query={newest}
      skeleton={<Skeleton className="m-4 h-72" />}
    >
      {({ data }) =>
        data.length === 0 ? (
          <p className="px-4 py-6 text-muted text-sm">
            No agent has made a call yet. The first one appears here within two seconds.
          </p>
        ) : (
          <ul className="py-1">
            {data.map((record) => (
              <li key={record.id}>
                <Line record={record} />
              </li>
            ))}
          </ul>
        )
      }
    </Tile>
  );
}

function Line({ record }: { readonly record: Item<"GET /records"> }) {
  const { slug } = useOrg();
  const { id, at, decision, verb, resource, agent } = record;
  return (
    <Link
      href={`/${slug}/records/${id}`}
      className="flex min-h-8 items-center gap-2 px-4 text-sm outline-offset-[-2px] hover:bg-well/60 coarse:min-h-11"
    >
      <DecisionSign decision={decision} />
      <span className="min-w-0 flex-1 truncate">
        <code className="text-xs">{verb}</code> <span className="text-muted">{resource}</span>
      </span>
      <span className="max-w-32 shrink-0 truncate text-muted text-xs max-sm:hidden">
        {agent.name}
      </span>
      <span className="w-18 shrink-0 text-right text-muted text-xs">
        <Moment at={at} />
      </span>
    </Link>
  );
}

function DecisionSign({ decision }: { readonly decision: Decision }) {
  switch (decision) {
    case "allow":
      return <Check aria-label="Allowed" className="size-3.5 shrink-0 text-good" />;
    case "deny":
      return <Ban aria-label="Denied" className="size-3.5 shrink-0 text-bad" />;
    case "approve":
      return <Hand aria-label="Needs approval" className="size-3.5 shrink-0 text-warn" />;
  }
}
