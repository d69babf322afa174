"use client";

/** What did it do next? The same session's next calls. */
import Link from "next/link";
import { useOrg } from "../../data/org-context.tsx";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { formatDuration } from "./format-duration.ts";
import { Section } from "./section.tsx";
import type { RecordDetail } from "./use-record.ts";

export function Following({ record }: { readonly record: RecordDetail }) {
  const { slug } = useOrg();
  const { following, session, id } = record;
  const all = (
    <TextLink href={`/${slug}/sessions/${session.id}#${id}`} className="text-xs">
      The whole session
    </TextLink>
  );
  return (
    <Section title="What did it do next?" actions={all}>
      {following.length === 0 ? (
        <p className="text-muted text-sm">Nothing more in this session, so far.</p>
      ) : (
        <ol className="overflow-hidden rounded-lg border border-line">
          {following.map((event) => (
            <li key={event.id} className="border-line border-b last:border-b-0">
              <Link
                href={`/${slug}/records/${event.id}`}
                prefetch={false}
                className="flex min-h-9 items-center gap-2.5 px-3 py-1 text-sm outline-offset-[-2px] hover:bg-well/60 coarse:min-h-11"
              >
                <span className="w-14 shrink-0 text-muted text-xs tabular-nums">
                  +{formatDuration(Date.parse(event.at) - Date.parse(record.at))}
                </span>
                <span className="min-w-0 flex-1 truncate">
                  <code className="text-xs">{event.actions[0]?.verb}</code>{" "}
                  <span className="text-muted">{event.actions[0]?.resource}</span>
                </span>
                <Sign event={event} />
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** The one thing about an event that is worth a sign. */
function Sign({ event }: { readonly event: RecordDetail["following"][number] }) {
  const { decision, outcome } = event;
  if (decision !== "allow" || outcome?.outcome === "done")
    return <DecisionBadge decision={decision} />;
  return <OutcomeBadge outcome={outcome?.outcome ?? null} />;
}
