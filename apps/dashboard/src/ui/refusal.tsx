/** Why a form was refused, unless that stands beside its fields already. */
import type { ApiError } from "../data/api.ts";
import { ErrorState } from "./error-state.tsx";

interface Props {
  readonly error: ApiError | null | undefined;
  /** Fields whose errors stand beside them. */
  readonly shown?: readonly string[];
}

export function Refusal({ error, shown = [] }: Props) {
  if (error === null || error === undefined) return null;
  const fields = [...error.issues.keys()];
  if (fields.length > 0 && fields.every((field) => shown.includes(field))) return null;
  return (
    <div ref={bringIntoSight}>
      <ErrorState error={error} compact />
    </div>
  );
}

/** A long form is scrolled: what stands at its end would be said where nobody looks. */
function bringIntoSight(refusal: HTMLElement | null): void {
  refusal?.scrollIntoView({ block: "nearest" });
}
