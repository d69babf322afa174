/** What changes between two texts in terms of rules: order and spelling are no change. */
import type { Output } from "../../data/api.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";

type Change = Output<"POST /policies/{id}/diff">["changes"][number];

const TONES: { readonly [kind in Change["kind"]]: Tone } = {
  ...{ added: "good", removed: "bad", changed: "warn", setting: "info" },
};

export function RuleChanges({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) {
    return <p className="text-muted text-sm">No rule changes: only tests, comments or spelling.</p>;
  }
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-raised text-sm">
      {changes.map((change) => (
        <li key={JSON.stringify(change)} className="flex flex-wrap items-baseline gap-2 px-3 py-2">
          <Badge tone={TONES[change.kind]}>{change.kind}</Badge>
          <div className="min-w-0 flex-1 break-words">
            <ChangeText change={change} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function ChangeText({ change }: { readonly change: Change }) {
  switch (change.kind) {
    case "added":
      return <RuleText rule={change.after} />;
    case "removed":
      return <RuleText rule={change.before} />;
    case "changed":
      return (
        <>
          <RuleText rule={change.before} />
          <RuleText rule={change.after} />
          <p className="text-muted text-xs">other {change.parts.join(", ")}</p>
        </>
      );
    case "setting":
      return (
        <p>
          <code className="text-xs">{change.name}</code>: {change.before || "nothing"} →{" "}
          <strong>{change.after || "nothing"}</strong>
        </p>
      );
    default:
      return change satisfies never;
  }
}

type Rule = Extract<Change, { kind: "added" }>["after"];

function RuleText({ rule }: { readonly rule: Rule }) {
  const { text, id, line } = rule;
  return (
    <p>
      <code className="text-xs">{text}</code>{" "}
      <span className="text-muted text-xs">
        {id === null ? `line ${line}` : `${id}, line ${line}`}
      </span>
    </p>
  );
}
