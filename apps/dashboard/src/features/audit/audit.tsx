"use client";

/** What members did: who, what, to what, before and after. */
import { ScrollText } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useOrg } from "../../data/org-context.tsx";
import { usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { type ChangeFilters, setChangeFilters } from "./change-filters.ts";
import { ChangeRow } from "./change-row.tsx";

const PARSERS = {
  member: parseAsString,
  verb: parseAsString,
  subject: parseAsString,
  request: parseAsString,
  since: parseAsString,
  until: parseAsString,
};

export function Audit() {
  const { can, role } = useOrg();
  const [values, setValues] = useQueryStates(PARSERS, { history: "push" });
  const filters = setChangeFilters(values);
  const clear = () => void setValues(null);
  return (
    <>
      <PageHeader
        title="Audit"
        description="What members did here, and what the product did by itself. What agents did is under Activity."
      />
      {can("changes:read") ? (
        <>
          <AuditFilters
            filters={filters}
            change={(name, value) => void setValues({ [name]: value === "" ? null : value })}
            clear={clear}
          />
          <Changes filters={filters} clear={clear} />
        </>
      ) : (
        <EmptyState title="This is for owners, admins and auditors">
          Your role is {role}. Ask an owner or admin if you need to see what members did.
        </EmptyState>
      )}
    </>
  );
}

interface ChangesProps {
  readonly filters: ChangeFilters;
  readonly clear: () => void;
}

function Changes({ filters, clear }: ChangesProps) {
  const changes = usePages("GET /changes", filters, { keepPrevious: true });
  const { items, hasNextPage, isFetchingNextPage } = changes;
  if (changes.isPending) return <SkeletonRows rows={12} />;
  if (changes.isError && items.length === 0) {
    return <ErrorState error={changes.error} retry={() => void changes.refetch()} />;
  }
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<ScrollText aria-hidden="true" />}
        title={Object.keys(filters).length > 0 ? "No change matches" : "Nothing was changed yet"}
        action={
          Object.keys(filters).length > 0 && <Button onClick={clear}>Clear the filters</Button>
        }
      />
    );
  }
  return (
    <>
      <ul aria-label="Changes" className="overflow-clip rounded-lg border border-line bg-raised">
        {items.map((change) => (
          <ChangeRow key={change.id} change={change} />
        ))}
      </ul>
      <div className="mt-3 flex justify-center">
        {hasNextPage ? (
          <Button loading={isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
            Show older
          </Button>
        ) : (
          <p className="text-muted text-xs">That is all of it.</p>
        )}
      </div>
    </>
  );
}
