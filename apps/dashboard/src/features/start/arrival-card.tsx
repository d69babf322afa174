/** One call that has arrived: what was decided and by which line, what it took; or what is wrong and what mends it. */
import { ArrowRight, Ban, Wrench } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { Badge } from "../../ui/badge.tsx";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import type { Arrival, RecordedCall, UnrecordedCall } from "./use-calls.ts";

export function ArrivalCard({ arrival }: { readonly arrival: Arrival }) {
  return arrival.kind === "recorded" ? (
    <Recorded call={arrival.call} />
  ) : (
    <Unrecorded call={arrival.call} />
  );
}

function Recorded({ call: { record, problem } }: { readonly call: RecordedCall }) {
  const { slug } = useOrg();
  const { outcome } = record;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <DecisionBadge decision={record.decision} />
        <OutcomeBadge outcome={outcome?.outcome ?? null} />
        <span className="text-muted text-xs">
          <Moment at={record.at} />
        </span>
      </div>
      {problem !== null && <ProblemText problem={problem} />}
      <KeyValues
        items={[
          { label: "Agent", value: record.agent.name ?? record.agent.id },
          { label: "Action", value: <Action verb={record.verb} resource={record.resource} /> },
          { label: "Rule", value: <RuleLine record={record} org={slug} /> },
          { label: "Tokens", value: tokensOf(record) },
          { label: "Cost", value: <Money micros={outcome?.costMicros ?? null} /> },
          { label: "Took", value: outcome?.latencyMs == null ? "—" : `${outcome.latencyMs} ms` },
        ]}
      />
      <TextLink
        href={`/${slug}/records/${record.id}`}
        className="inline-flex items-center gap-1 self-start text-sm"
      >
        Open the record <ArrowRight aria-hidden="true" className="size-3.5" />
      </TextLink>
    </div>
  );
}

function Action({ verb, resource }: { readonly verb: string; readonly resource: string }) {
  return (
    <span className="flex flex-col font-mono text-xs leading-5 [overflow-wrap:anywhere]">
      <span>{verb}</span>
      <span className="text-muted">{resource}</span>
    </span>
  );
}

type Record = RecordedCall["record"];

/** In evaluate what a rule would have done is said beside. */
function RuleLine({ record, org }: { readonly record: Record; readonly org: string }) {
  const [rule] = record.rules;
  const [would] = record.wouldRules;
  const shown = rule ?? would;
  if (shown === undefined) return <span className="text-muted">none</span>;
  return (
    <>
      <TextLink href={`/${org}/policies/${shown.policyId}?line=${shown.line}`}>
        Line {shown.line}
      </TextLink>{" "}
      of version {shown.version}
      {rule === undefined && record.would !== record.decision && (
        <span className="text-muted">, in evaluate: it would {WOULD[record.would]}</span>
      )}
    </>
  );
}

const WOULD: { readonly [decision in Record["would"]]: string } = {
  allow: "allow this",
  deny: "deny this",
  approve: "ask a person",
};

function tokensOf({ outcome }: Record): string {
  const tokens = outcome?.tokens;
  if (tokens == null) return "—";
  return `${tokens.input ?? "?"} in, ${tokens.output ?? "?"} out`;
}

function Unrecorded({ call }: { readonly call: UnrecordedCall }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="bad">
          <Ban aria-hidden="true" /> Refused at the door
        </Badge>
        <Badge>{call.status}</Badge>
        <span className="text-muted text-xs">
          <Moment at={call.at} />
        </span>
      </div>
      <ProblemText problem={call.problem} />
      <KeyValues
        items={[
          { label: "Key", value: <KeyLine call={call} /> },
          { label: "Address", value: <Mono>{call.host}</Mono> },
          { label: "Request", value: <Mono>{`${call.method} ${call.path}`}</Mono> },
          { label: "Client", value: <Mono>{call.userAgent ?? "—"}</Mono> },
        ]}
      />
    </div>
  );
}

function Mono({ children }: { readonly children: string }) {
  return <span className="break-all font-mono text-xs">{children}</span>;
}

function KeyLine({ call: { key } }: { readonly call: UnrecordedCall }) {
  if (key === null) return <span className="text-muted">none</span>;
  return (
    <>
      <Mono>{`${key.prefix}…${key.lastFour ?? ""}`}</Mono>
      {!key.isWellFormed && <span className="text-muted"> (its checksum is wrong)</span>}
    </>
  );
}

interface ProblemProps {
  readonly problem: { readonly what: string; readonly fix: string | null };
}

function ProblemText({ problem: { what, fix } }: ProblemProps) {
  return (
    <div className="flex flex-col gap-1 rounded-md bg-bad-halo px-3 py-2.5 text-sm">
      <p className="break-words font-medium">{what}</p>
      {fix !== null && (
        <p className="flex items-start gap-2 break-words">
          <Wrench aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-muted" />
          <span className="min-w-0">{fix}</span>
        </p>
      )}
    </div>
  );
}
