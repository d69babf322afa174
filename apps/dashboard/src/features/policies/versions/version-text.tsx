"use client";

/** One version as it was published; a line that the address names is marked. */
import { useApi } from "../../../data/use-api.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { PolicyEditor } from "../editor/lazy-editor.tsx";
import { ModeBadge } from "../mode-badge.tsx";

interface Props {
  readonly policyId: string;
  readonly version: number;
  readonly line: number | null;
}

export function VersionText({ policyId, version, line }: Props) {
  const { data, error, refetch } = useApi("GET /policies/{id}", { id: policyId, version });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-96 w-full" />;
  return (
    <>
      <h2 className="flex items-center gap-2 font-semibold text-sm">
        Version {version} <ModeBadge mode={data.mode} />
        <CopyButton text={data.text} label={`Copy the text of version ${version}`} />
      </h2>
      <PolicyEditor
        key={version}
        label={`The text of version ${version}`}
        value={data.text}
        line={line}
      />
    </>
  );
}
