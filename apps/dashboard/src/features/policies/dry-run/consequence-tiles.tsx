/** The consequences of a draft in four numbers. */
import { Money } from "../../../ui/money.tsx";
import type { Consequences, Sum } from "./consequences.ts";

export function ConsequenceTiles({ consequences }: { readonly consequences: Consequences }) {
  const { denied, allowed, approvalsAdded, approvalsAvoided } = consequences;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4">
      <Tile label="newly denied" sum={denied} />
      <Tile label="newly allowed" sum={allowed} />
      <Tile label="approvals added" sum={approvalsAdded} />
      <Tile label="approvals avoided" sum={approvalsAvoided} />
    </dl>
  );
}

function Tile({ label, sum }: { readonly label: string; readonly sum: Sum }) {
  return (
    <div className="flex flex-col-reverse bg-raised px-3 py-2">
      <dt className="text-muted text-xs">
        {label}
        {sum.calls > 0 && (
          <>
            {" "}
            · <Money micros={sum.costMicros} /> list price
          </>
        )}
      </dt>
      <dd className="font-semibold text-lg tabular-nums">{sum.calls.toLocaleString("en-US")}</dd>
    </div>
  );
}
