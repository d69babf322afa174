"use client";

/** What to copy, per client, with the org's real address and the real key. */
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { blockOf, CLIENT_NAMES, CLIENTS, type Client, type Connection } from "./blocks.ts";

interface Props {
  readonly connection: Connection;
  /** False: a placeholder stands in the key's place. */
  readonly hasKey: boolean;
}

export function ClientBlocks({ connection, hasKey }: Props) {
  const [client, setClient] = useQueryState(
    "client",
    parseAsStringLiteral(CLIENTS).withDefault("claude-code"),
  );
  return (
    <div className="flex flex-col gap-3">
      {!hasKey && (
        <p className="text-muted text-sm">
          Put your agent key in the place of <code>{connection.key}</code>, or make one above: then
          it stands here.
        </p>
      )}
      <Tabs
        label="Client"
        value={client}
        onValueChange={(value) => void setClient(CLIENTS.find((one) => one === value) ?? null)}
        tabs={CLIENTS.map((value) => ({
          ...{ value, label: CLIENT_NAMES[value] },
          content: <Block client={value} connection={connection} />,
        }))}
      />
    </div>
  );
}

function Block({
  client,
  connection,
}: {
  readonly client: Client;
  readonly connection: Connection;
}) {
  const block = blockOf(client, connection);
  return (
    <div className="flex flex-col gap-3 text-sm">
      {block === null ? (
        <p className="text-muted">{NOT_HERE[client]}</p>
      ) : (
        <CodeBlock code={block} title={TITLES[client]} />
      )}
      {block !== null && <p className="text-muted">{NOTES[client]}</p>}
    </div>
  );
}

const TITLES: { readonly [client in Client]: string } = {
  "claude-code": "In a terminal",
  "own-subscription": "In a terminal, on each developer’s machine",
  curl: "In a terminal",
  typescript: "first-call.ts, with npm install @anthropic-ai/sdk",
  python: "first_call.py, with pip install anthropic",
};

const NOTES: { readonly [client in Client]: React.ReactNode } = {
  "claude-code": (
    <>
      In a session <code>/status</code> shows the address and which credential is in use. To keep
      both variables, put them under <code>env</code> in <code>~/.claude/settings.json</code>, never
      in a repository.
    </>
  ),
  "own-subscription": (
    <>
      Stay signed in to Claude Code: its credential goes to Anthropic alone and is never stored.{" "}
      <code>/status</code> shows the address.
    </>
  ),
  curl: "Without a client of your own: the answer is the provider’s own JSON.",
  typescript:
    "Keep keys out of what you commit: in earnest the SDK reads ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY.",
  python:
    "Keep keys out of what you commit: in earnest the SDK reads ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY.",
};

const NOT_HERE: { readonly [client in Client]: string } = {
  "claude-code": "You chose each developer’s own subscription: take that block.",
  "own-subscription":
    "Choose “Anthropic, with each developer’s own subscription” above. Then Claude Code stays signed in as it is, and the agent key travels beside it.",
  curl: "",
  typescript: "",
  python: "",
};
