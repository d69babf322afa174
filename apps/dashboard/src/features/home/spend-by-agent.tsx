"use client";

/** Who spent it: the agents of the last 24 hours, the most expensive first. */
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Money } from "../../ui/money.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { SINCE } from "./questions.ts";
import { Tile } from "./tile.tsx";

const SHOWN = 6;
const whole = new Intl.NumberFormat("en-US");

export function SpendByAgent() {
  const { slug } = useOrg();
  const usage = useApi("GET /usage", { since: SINCE });
  return (
    <Tile
      title="Spend by agent"
      href={`/${slug}/agents`}
      query={usage}
      skeleton={<Skeleton className="m-4 h-32" />}
    >
      {({ byAgent }) => {
        const most = Math.max(1, ...byAgent.map(({ costMicros }) => costMicros));
        const [shown, rest] = [byAgent.slice(0, SHOWN), byAgent.length - SHOWN];
        if (shown.length === 0) {
          return <p className="px-4 py-6 text-muted text-sm">No agent made a call.</p>;
        }
        return (
          <ul className="py-1.5">
            {shown.map(({ agent, calls, costMicros }) => (
              <li key={agent.id}>
                <Link
                  href={`/${slug}/agents/${agent.id}`}
                  className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-1.5 text-sm outline-offset-[-2px] hover:bg-well/60"
                >
                  <span className="truncate">{agent.name ?? agent.id}</span>
                  <Money micros={costMicros} />
                  <span
                    aria-hidden="true"
                    className="mt-1.5 h-1 self-center overflow-hidden rounded-full bg-hover"
                  >
                    <span
                      className="block h-full rounded-full bg-fill"
                      style={{ width: `${(100 * costMicros) / most}%` }}
                    />
                  </span>
                  <span className="text-right text-muted text-xs tabular-nums">
                    {whole.format(calls)} {calls === 1 ? "call" : "calls"}
                  </span>
                </Link>
              </li>
            ))}
            {rest > 0 && (
              <li className="px-4 py-1.5 text-muted text-xs">
                and {rest} more {rest === 1 ? "agent" : "agents"}
              </li>
            )}
          </ul>
        );
      }}
    </Tile>
  );
}
