/** A session in one line; on a phone in two. */
import type { Item } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";
import { formatDuration } from "../records/format-duration.ts";

const NAME = "w-36 shrink-0 max-sm:w-auto";
const NUMBER = "w-20 shrink-0 text-right text-xs tabular-nums";

interface Props {
  readonly session: Item<"GET /sessions">;
}

export function SessionRow({ session }: Props) {
  const { id, clientSession, agent, startedAt, lastAt, active, records, refused } = session;
  const tookMs = lastAt === null ? 0 : Date.parse(lastAt) - Date.parse(startedAt);
  return (
    <span className="flex w-full min-w-0 items-center gap-3 py-1.5 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0.5">
      <code className={`${NAME} truncate text-xs`} title={clientSession ?? id}>
        {(clientSession ?? id.slice(4)).slice(0, 8)}
      </code>
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="truncate">{agent.name}</span>
        {active && <Badge tone="info">Active</Badge>}
      </span>
      <span className="w-24 shrink-0 text-muted text-xs max-sm:order-1 max-sm:w-auto">
        <Moment at={startedAt} />
      </span>
      <span className={`${NUMBER} text-muted max-md:hidden`}>{formatDuration(tookMs)}</span>
      <span className={`${NUMBER} max-sm:order-1 max-sm:w-auto`}>
        {records.toLocaleString("en-US")}{" "}
        <span className="text-muted sm:hidden">{records === 1 ? "call" : "calls"}</span>
      </span>
      <span
        className={`${NUMBER} max-sm:order-1 max-sm:w-auto ${refused === 0 ? "text-muted max-sm:hidden" : "text-bad"}`}
      >
        {refused.toLocaleString("en-US")} <span className="sm:hidden">not allowed</span>
      </span>
      <span className={`${NUMBER} max-sm:w-auto`}>
        <Money micros={session.costMicros} />
      </span>
      {/* What follows stands in the second line. */}
      <span className="h-0 basis-full sm:hidden" />
    </span>
  );
}

export function SessionHead() {
  return (
    <span className="flex w-full items-center gap-3">
      <span className={NAME}>Session</span>
      <span className="flex-1">Agent</span>
      <span className="w-24 shrink-0">Started</span>
      <span className={`${NUMBER} max-md:hidden`}>Lasted</span>
      <span className={NUMBER}>Calls</span>
      <span className={NUMBER}>Not allowed</span>
      <span className={NUMBER}>Cost</span>
    </span>
  );
}
