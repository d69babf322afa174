"use client";

/** The org's connectors: list, add, test, rotate, archive. */
import { Plug, Plus } from "lucide-react";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AddDialog } from "./add-dialog.tsx";
import { ConnectorRow, MANAGERS_ONLY } from "./connector-row.tsx";
import type { Connector } from "./connector-words.ts";
import { useTests } from "./use-tests.ts";

const ROW_HEIGHT = 98;

export function Connectors() {
  const { can } = useOrg();
  const { data, error, refetch } = useApi("GET /connectors", {});
  const [isAdding, setAdding] = useState(false);
  const tests = useTests();
  const live = data?.data.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const archived = data?.data.filter(({ archivedAt }) => archivedAt !== null) ?? [];
  const addButton = (
    <Button
      variant="primary"
      disabledReason={can("connectors:write") ? undefined : MANAGERS_ONLY}
      onClick={() => setAdding(true)}
    >
      <Plus aria-hidden="true" /> Add a connector
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Connectors"
        description="Where calls go once the policy has allowed them, and whose credential they take. Test keys need none: they reach the built-in test model."
        actions={live.length > 0 && addButton}
      />
      <div className="flex flex-col gap-5">
        {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <SkeletonRows rows={2} rowHeight={ROW_HEIGHT} />}
        {data !== undefined && live.length === 0 && <NoConnectors action={addButton} />}
        {live.length > 0 && (
          <ul className="rounded-lg border border-line bg-raised">
            {live.map((connector) => (
              <ConnectorRow
                key={connector.id}
                connector={connector}
                testing={tests.of(connector.id)}
                onTest={() => tests.start(connector.id)}
              />
            ))}
          </ul>
        )}
        {archived.length > 0 && <Archived connectors={archived} />}
      </div>
      {isAdding && (
        <AddDialog
          onAdded={({ id }) => tests.start(id)}
          onClose={() => setAdding(false)}
          hasDefault={live.some(({ isDefault }) => isDefault)}
        />
      )}
    </>
  );
}

function NoConnectors({ action }: { readonly action: React.ReactNode }) {
  return (
    <EmptyState title="No connector yet" icon={<Plug aria-hidden="true" />} action={action}>
      Test keys work without one. Calls by live keys are refused until there is a connector: add
      your Anthropic API key, or let each developer use their own subscription.
    </EmptyState>
  );
}

function Archived({ connectors }: { readonly connectors: readonly Connector[] }) {
  return (
    <Disclosure summary={`Archived (${connectors.length})`}>
      <ul className="flex flex-col gap-1 text-sm">
        {connectors.map(({ id, name, baseUrl, archivedAt }) => (
          <li key={id} className="flex flex-wrap gap-x-3 text-muted">
            <span className="font-mono">{name}</span>
            <span className="break-all font-mono text-xs leading-5">{baseUrl}</span>
            <span>
              archived <Moment at={archivedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
