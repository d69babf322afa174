"use client";

/** One's own API tokens: made with scopes, shown once, revoked. */
import { Plus, Terminal } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { ShownOnce } from "../keys/shown-once.tsx";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { RevokeToken } from "./revoke-token.tsx";
import { TokenTable } from "./token-table.tsx";

export type ApiToken = Item<"GET /api-tokens">;

interface Props {
  /** What the member who looks at it may do. */
  readonly permissions: readonly string[];
  /** Where the dashboard is reached. */
  readonly dashboard: string;
}

export function TokenPage({ permissions, dashboard }: Props) {
  const { can } = useOrg();
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [made, setMade] = useState<string>();
  const [revoking, setRevoking] = useState<ApiToken>();
  const create = (
    <Button
      variant="primary"
      onClick={() => void setNew(true)}
      disabledReason={can("api-tokens:write") ? undefined : "Your role may not make API tokens."}
    >
      <Plus aria-hidden="true" /> New token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API tokens"
        description={
          <>
            Yours alone. Scripts and the command line act with them as you, in this org, within
            their scopes. <TextLink href="/docs/api">How to use the API</TextLink>
          </>
        }
        actions={create}
      />
      <Tokens create={create} onRevoke={setRevoking} />
      {isNew && (
        <NewTokenDialog
          permissions={permissions}
          onMade={({ token }) => {
            void setNew(null);
            setMade(token);
          }}
          onClose={() => void setNew(null)}
        />
      )}
      {made !== undefined && (
        <ShownOnce
          title="Your new token"
          label="API token"
          secret={made}
          onClose={() => setMade(undefined)}
        >
          <CodeBlock title="Try it" code={example(dashboard, made)} wrap />
        </ShownOnce>
      )}
      {revoking !== undefined && (
        <RevokeToken token={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

function example(dashboard: string, token: string): string {
  return `curl -s ${dashboard}/api/v1/projects -H 'authorization: Bearer ${token}'`;
}

interface TokensProps {
  readonly create: React.ReactNode;
  readonly onRevoke: (token: ApiToken) => void;
}

function Tokens({ create, onRevoke }: TokensProps) {
  const tokens = usePages("GET /api-tokens", {});
  if (tokens.error !== null) {
    return <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />;
  }
  if (tokens.isPending) return <SkeletonRows rows={3} />;
  if (tokens.items.length === 0) {
    return (
      <EmptyState title="You have no tokens" icon={<Terminal />} action={create}>
        Make one for each script, with no more scopes than it needs.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <TokenTable tokens={tokens.items} onRevoke={onRevoke} />
      <MoreButton pages={tokens} />
    </div>
  );
}
