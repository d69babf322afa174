/** Why a form was refused: the reason and the id that finds it in our logs. */
import type { ApiError } from "../../data/api.ts";

interface Props {
  readonly error: ApiError | undefined;
  /** Fields whose errors stand beside them already. */
  readonly shown?: readonly string[];
}

export function Refusal({ error, shown = [] }: Props) {
  if (error === undefined) return null;
  const elsewhere = [...error.issues.keys()];
  if (elsewhere.length > 0 && elsewhere.every((field) => shown.includes(field))) return null;
  return (
    <div role="alert" className="rounded-md border border-bad bg-bad-halo px-3 py-2 text-sm">
      <p>{error.message}</p>
      {error.requestId !== "" && (
        <p className="mt-1 break-all font-mono text-muted text-xs">{error.requestId}</p>
      )}
    </div>
  );
}
