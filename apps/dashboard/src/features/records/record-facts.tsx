"use client";

/** Who, for whom, from where: everything else that stands on record. */
import { useOrg } from "../../data/org-context.tsx";
import { Badge } from "../../ui/badge.tsx";
import { type KeyValue, KeyValues } from "../../ui/key-values.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import type { RecordDetail } from "./use-record.ts";

export function RecordFacts({ record }: { readonly record: RecordDetail }) {
  const { slug } = useOrg();
  const { agent, project, key, user, session, outcome } = record;
  const items: KeyValue[] = [
    {
      label: "Agent",
      value: <TextLink href={`/${slug}/agents/${agent.id}`}>{agent.name ?? agent.id}</TextLink>,
    },
    {
      label: "Project",
      value: (
        <TextLink href={`/${slug}/projects/${project.id}`}>{project.slug ?? project.id}</TextLink>
      ),
    },
    { label: "Key", value: key.lastFour === null ? key.id : `…${key.lastFour}` },
    { label: "User", value: user.email ?? user.id },
    {
      label: "Session",
      value: <ShortId id={session.id} href={`/${slug}/sessions/${session.id}`} />,
    },
    ...optional("Client’s session", session.clientSession),
    ...optional("Sub-agent", record.subagent),
    ...optional("Parent sub-agent", record.parentSubagent),
    ...optional("Client’s reference", record.clientRef),
    { label: "Surface", value: `${record.surface}, ${record.tier}` },
    ...(record.labels.length === 0
      ? []
      : [{ label: "Labels", value: <Words words={record.labels} /> }]),
    { label: "Found in it", value: <Findings findings={record.findings} /> },
    ...(record.actions.length < 2
      ? []
      : [{ label: "Actions", value: <Actions actions={record.actions} /> }]),
    { label: "Request", value: `${record.requestBytes.toLocaleString("en-US")} bytes` },
    ...optional("Model", outcome?.model),
    ...optional("Upstream’s id", outcome?.upstreamRequestId),
    ...(record.corrections.length === 0
      ? []
      : [{ label: "Reported late", value: <Corrections corrections={record.corrections} /> }]),
    { label: "Record", value: <ShortId id={record.id} /> },
    { label: "Action hash", value: <code className="break-all text-xs">{record.actionHash}</code> },
  ];
  return <KeyValues items={items} />;
}

function optional(label: string, value: string | null | undefined): KeyValue[] {
  return value === null || value === undefined
    ? []
    : [{ label, value: <code className="break-all text-xs">{value}</code> }];
}

function Words({ words }: { readonly words: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  );
}

function Findings({ findings }: Pick<RecordDetail, "findings">) {
  if (findings.length === 0) return <span className="text-muted">Nothing</span>;
  return (
    <ul className="flex flex-col gap-1">
      {findings.map(({ type, severity, place, handling }) => (
        <li key={`${place} ${type}`} className="flex flex-wrap items-center gap-1.5 text-xs">
          <Badge tone={severity === "high" ? "bad" : "warn"}>{type}</Badge>
          {handling === "replaced" ? "replaced" : "left in place"} at{" "}
          <code className="break-all">{place}</code>
        </li>
      ))}
    </ul>
  );
}

function Actions({ actions }: Pick<RecordDetail, "actions">) {
  return (
    <ol className="flex flex-col gap-0.5 text-xs">
      {actions.map(({ verb, resource }) => (
        <li key={`${verb} ${resource}`} className="break-all">
          <code>{verb}</code> on {resource}
        </li>
      ))}
    </ol>
  );
}

function Corrections({ corrections }: Pick<RecordDetail, "corrections">) {
  return (
    <ul className="text-xs">
      {corrections.map(({ at, outcome, status, error }) => (
        <li key={at}>
          {outcome}
          {status !== null && `, status ${status}`}
          {error !== null && `, ${error}`}
        </li>
      ))}
    </ul>
  );
}
