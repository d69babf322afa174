"use client";

/** API tokens side by side. */
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { useNow } from "../../ui/use-now.ts";
import { keyState } from "../keys/key-state.ts";
import { KeyStateBadge } from "../keys/key-state-badge.tsx";
import type { ApiToken } from "./token-page.tsx";

interface Props {
  readonly tokens: readonly ApiToken[];
  readonly onRevoke: (token: ApiToken) => void;
}

export function TokenTable({ tokens, onRevoke }: Props) {
  return (
    <Table label="API tokens">
      <Head>
        <Cell>Token</Cell>
        <Cell>Scopes</Cell>
        <Cell>State</Cell>
        <Cell>Last used</Cell>
        <Cell>Ends</Cell>
        <Cell>
          <span className="sr-only">Actions</span>
        </Cell>
      </Head>
      <tbody>
        {tokens.map((token) => (
          <Row key={token.id}>
            <Cell tight>
              <span className="flex flex-col">
                <span className="max-w-56 truncate font-medium">{token.name}</span>
                <code className="text-xs">ylt_…{token.lastFour}</code>
              </span>
            </Cell>
            <Cell className="min-w-40">
              <Scopes scopes={token.scopes} />
            </Cell>
            <Cell tight>
              <KeyStateBadge of={token} />
            </Cell>
            <Cell tight>
              <Moment at={token.lastUsedAt} />
            </Cell>
            <Cell tight>
              <Moment at={token.revokedAt ?? token.expiresAt} />
            </Cell>
            <Cell tight align="right">
              <RevokeButton token={token} onRevoke={onRevoke} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

const SHOWN_MAX = 3;

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  if (scopes.includes("*")) return "Everything you may";
  const rest = scopes.length - SHOWN_MAX;
  return (
    <span className="flex flex-wrap gap-1" title={scopes.join(", ")}>
      {scopes.slice(0, SHOWN_MAX).map((scope) => (
        <Badge key={scope}>{scope}</Badge>
      ))}
      {rest > 0 && <span className="text-muted text-xs">and {rest} more</span>}
    </span>
  );
}

interface RevokeProps {
  readonly token: ApiToken;
  readonly onRevoke: (token: ApiToken) => void;
}

function RevokeButton({ token, onRevoke }: RevokeProps) {
  const state = keyState(token, useNow());
  if (state === "revoked" || state === "expired") return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Revoke ${token.name}`}
      onClick={() => onRevoke(token)}
    >
      Revoke
    </Button>
  );
}
