"use client";

/** What the last 24 hours came to, in four figures; each leads to what it counts. */
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { formatMoney } from "../../ui/format-money.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { SINCE } from "./questions.ts";

const REFRESH_MS = 10_000;

const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export function UsageFigures() {
  const { slug } = useOrg();
  const { data, error, refetch } = useApi(
    "GET /usage",
    { since: SINCE },
    { refetchInterval: REFRESH_MS },
  );
  if (data === undefined && error !== null) return <ErrorState error={error} retry={refetch} />;
  const activity = `/${slug}/activity?since=${SINCE}`;
  const tokens = data && compact.format(data.inputTokens + data.outputTokens);
  const parts =
    data && `${compact.format(data.inputTokens)} in, ${compact.format(data.outputTokens)} out`;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
      <Figure label="Calls" value={data && whole.format(data.calls)} href={activity} />
      <Figure
        label="Not allowed"
        value={data && whole.format(data.refused)}
        href={`${activity}&decision=deny,approve`}
        note={data && shareOf(data.refused, data.calls)}
      />
      <Figure
        label="Spend, list price"
        value={data && formatMoney(data.costMicros)}
        href={`/${slug}/agents`}
      />
      <Figure label="Tokens" value={tokens} href={`/${slug}/agents`} note={parts} />
    </dl>
  );
}

function shareOf(part: number, whole: number): string | undefined {
  if (part === 0 || whole === 0) return undefined;
  const share = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });
  return `${share.format(part / whole)} of all calls`;
}

interface FigureProps {
  readonly label: string;
  /** Undefined: on its way. */
  readonly value: string | undefined;
  readonly note?: string | undefined;
  readonly href: string;
}

function Figure({ label, value, note, href }: FigureProps) {
  return (
    <div className="relative flex min-h-24 flex-col bg-raised px-4 py-3 hover:bg-well/60">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="mt-1">
        {value === undefined ? (
          <Skeleton className="mt-1 h-6 w-20" />
        ) : (
          <Link
            href={href}
            className="font-semibold text-2xl tabular-nums tracking-tight after:absolute after:inset-0"
          >
            {value}
          </Link>
        )}
        {note !== undefined && <div className="mt-0.5 text-muted text-xs">{note}</div>}
      </dd>
    </div>
  );
}
