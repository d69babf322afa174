"use client";

/** Keys side by side: what tells each from the others, its state, and what can be done with it. */
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { useNow } from "../../ui/use-now.ts";
import { keyState } from "./key-state.ts";
import { KeyStateBadge } from "./key-state-badge.tsx";
import type { AgentKey } from "./keys-tab.tsx";

interface Props {
  readonly keys: readonly AgentKey[];
  /** Why none of them can be changed. */
  readonly reason: string | undefined;
  readonly onOpen: (what: "rotate" | "revoke", agentKey: AgentKey) => void;
}

export function KeyTable({ keys, reason, onOpen }: Props) {
  const successors = new Map(keys.map((key) => [key.rotatedFrom, key]));
  return (
    <Table label="Keys">
      <Head>
        <Cell>Key</Cell>
        <Cell>State</Cell>
        <Cell>Last used</Cell>
        <Cell>Ends</Cell>
        <Cell className="max-md:hidden">Made</Cell>
        <Cell>
          <span className="sr-only">Actions</span>
        </Cell>
      </Head>
      <tbody>
        {keys.map((key) => (
          <Row key={key.id}>
            <Cell tight>
              <KeyName agentKey={key} />
            </Cell>
            <Cell tight>
              <KeyStateBadge of={key} />
              {successors.has(key.id) && (
                <span className="ml-1.5 text-muted text-xs">
                  replaced by …{successors.get(key.id)?.lastFour}
                </span>
              )}
            </Cell>
            <Cell tight>
              <Moment at={key.lastUsedAt} />
            </Cell>
            <Cell tight>
              <Moment at={key.revokedAt ?? key.expiresAt} />
            </Cell>
            <Cell tight className="max-md:hidden">
              <Moment at={key.createdAt} />
            </Cell>
            <Cell tight align="right">
              <KeyActions
                agentKey={key}
                isReplaced={successors.has(key.id)}
                {...{ reason, onOpen }}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function KeyName({ agentKey }: { readonly agentKey: AgentKey }) {
  const { name, kind, prefix, lastFour } = agentKey;
  return (
    <span className="flex flex-col">
      <span className="flex items-center gap-1.5">
        {name !== null && <span className="max-w-48 truncate font-medium">{name}</span>}
        {kind === "test" && (
          <Badge tone="info" title="Reaches the built-in test model only">
            test
          </Badge>
        )}
      </span>
      <code className="text-xs">
        {prefix}…{lastFour}
      </code>
    </span>
  );
}

interface ActionsProps extends Omit<Props, "keys"> {
  readonly agentKey: AgentKey;
  readonly isReplaced: boolean;
}

function KeyActions({ agentKey, isReplaced, reason, onOpen }: ActionsProps) {
  const state = keyState(agentKey, useNow());
  if (state === "revoked" || state === "expired") return null;
  const name = `${agentKey.name ?? "key"} …${agentKey.lastFour}`;
  return (
    <span className="inline-flex gap-1">
      {!isReplaced && (
        <Button
          size="sm"
          aria-label={`Rotate ${name}`}
          disabledReason={reason}
          onClick={() => onOpen("rotate", agentKey)}
        >
          Rotate
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Revoke ${name}`}
        disabledReason={reason}
        onClick={() => onOpen("revoke", agentKey)}
      >
        Revoke
      </Button>
    </span>
  );
}
