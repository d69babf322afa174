"use client";

/** What was captured of request and reply: as a conversation, or as it is. Text of agents is only ever text. */
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Section } from "./section.tsx";
import { Turns } from "./turns.tsx";
import type { RecordDetail } from "./use-record.ts";

type View = "turns" | "raw";
type Payload = NonNullable<RecordDetail["payloads"]>[number];

const VIEWS = [
  { value: "turns", label: "Turns" },
  { value: "raw", label: "Raw" },
] as const;

const PARTS = { request: "Request", reply: "Reply" } as const;

export function Conversation({ record }: { readonly record: RecordDetail }) {
  const [view, setView] = useState<View>("turns");
  const { payloads } = record;
  const toggle =
    payloads === null || payloads.length === 0 ? undefined : (
      <Segmented label="Show as" options={VIEWS} value={view} onValueChange={setView} />
    );
  return (
    <Section title="What was said" actions={toggle}>
      {payloads === null || payloads.length === 0 ? (
        <NotShown record={record} />
      ) : (
        <div className="flex flex-col gap-3">
          {payloads.map((payload) => (
            <PayloadView key={payload.part} payload={payload} view={view} />
          ))}
        </div>
      )}
    </Section>
  );
}

function NotShown({ record }: { readonly record: RecordDetail }) {
  const { role } = useOrg();
  const { payloads, captureLevel } = record;
  if (payloads === null) {
    return (
      <p className="text-muted text-sm">
        Payloads are for owners, admins and auditors; your role is {role}.
      </p>
    );
  }
  return (
    <p className="text-muted text-sm">
      {captureLevel === "metadata"
        ? "Nothing is kept of it: this project captures metadata only."
        : "Nothing of it was kept."}
    </p>
  );
}

function PayloadView({ payload, view }: { readonly payload: Payload; readonly view: View }) {
  const { part, turns, content, encoding } = payload;
  if (view === "turns" && turns !== null) {
    return (
      <div>
        <p className="mb-1 text-muted text-xs">
          {PARTS[part]}
          {part === "request" && ", what was new in it"}
        </p>
        <Turns turns={turns} />
      </div>
    );
  }
  const title = encoding === "base64" ? `${PARTS[part]}, bytes as base64` : PARTS[part];
  return (
    <CodeBlock title={title} code={pretty(content)} wrap className="max-h-120 overflow-y-auto" />
  );
}

/** JSON with its lines broken; anything else as it is. */
function pretty(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
