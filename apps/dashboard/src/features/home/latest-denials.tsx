"use client";

/** What was denied last, and why. */
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Moment } from "../../ui/moment.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { DENIALS, SINCE } from "./questions.ts";
import { Tile } from "./tile.tsx";

const REFRESH_MS = 5_000;

export function LatestDenials() {
  const { slug } = useOrg();
  const denials = useApi("GET /records", DENIALS, { refetchInterval: REFRESH_MS });
  return (
    <Tile
      title="Latest denials"
      href={`/${slug}/activity?decision=deny&since=${SINCE}`}
      query={denials}
      skeleton={<Skeleton className="m-4 h-60" />}
    >
      {({ data }) =>
        data.length === 0 ? (
          <p className="px-4 py-6 text-muted text-sm">Nothing was denied in the last 24 hours.</p>
        ) : (
          <ul>
            {data.map(({ id, at, verb, resource, explanation, agent }) => (
              <li key={id} className="border-line border-b last:border-b-0">
                <Link
                  href={`/${slug}/records/${id}`}
                  className="block px-4 py-2 text-sm outline-offset-[-2px] hover:bg-well/60"
                >
                  <span className="flex items-baseline gap-2">
                    <span className="min-w-0 flex-1 truncate">
                      <code className="text-xs">{verb}</code>{" "}
                      <span className="text-muted">{resource}</span>
                    </span>
                    <span className="max-w-1/3 truncate text-muted text-xs max-sm:hidden">
                      {agent.name}
                    </span>
                    <span className="shrink-0 text-muted text-xs">
                      <Moment at={at} />
                    </span>
                  </span>
                  <span className="mt-0.5 line-clamp-2 text-muted text-xs">{explanation}</span>
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </Tile>
  );
}
