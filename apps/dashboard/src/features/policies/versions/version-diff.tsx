"use client";

/** What differs between any two versions: in terms of rules, and line by line. */
import { useApi } from "../../../data/use-api.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Field } from "../../../ui/field.tsx";
import { Select } from "../../../ui/select.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { MergeEditor } from "../editor/lazy-editor.tsx";
import { useAddress } from "../page/use-address.ts";
import { RuleChanges } from "../rule-changes.tsx";

interface Props {
  readonly policyId: string;
  readonly from: number;
  readonly to: number;
}

export function VersionDiff({ policyId, from, to }: Props) {
  const { set } = useAddress();
  const versions = useApi("GET /policies/{id}/versions", { id: policyId });
  const before = useApi("GET /policies/{id}", { id: policyId, version: from });
  const after = useApi("GET /policies/{id}", { id: policyId, version: to });
  const diff = useApi("POST /policies/{id}/diff", { id: policyId, from, to });
  const error = before.error ?? after.error ?? diff.error;
  const options = (versions.data?.data ?? []).map(({ version }) => ({
    value: String(version),
    label: `Version ${version}`,
  }));
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Field label="From">
          <Select
            options={options}
            value={String(from)}
            onValueChange={(value) => void set({ against: Number(value) })}
          />
        </Field>
        <Field label="To">
          <Select
            options={options}
            value={String(to)}
            onValueChange={(value) => void set({ version: Number(value) })}
          />
        </Field>
      </div>
      {error !== null && <ErrorState error={error} />}
      {diff.data !== undefined && <RuleChanges changes={diff.data.changes} />}
      {before.data !== undefined && after.data !== undefined ? (
        <MergeEditor
          key={`${from} ${to}`}
          label={`What differs between version ${from} and ${to}`}
          original={before.data.text}
          text={after.data.text}
        />
      ) : (
        error === null && <Skeleton className="h-64 w-full" />
      )}
    </>
  );
}
