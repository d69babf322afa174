/** What a session came to. */
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";
import { formatDuration } from "../records/format-duration.ts";
import type { Run } from "./use-run.ts";

export function SessionSums({ session }: { readonly session: Run["session"] }) {
  const { records, refused, open, inputTokens, outputTokens, costMicros } = session;
  const { startedAt, lastAt } = session;
  const lastedMs = lastAt === null ? 0 : Date.parse(lastAt) - Date.parse(startedAt);
  return (
    <dl className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
      <Sum label="Started" value={<Moment at={startedAt} />} />
      <Sum label="Lasted" value={formatDuration(lastedMs)} />
      <Sum
        label="Calls"
        value={`${format(records)}${open > 0 ? `, ${format(open)} under way` : ""}`}
      />
      <Sum label="Not allowed" value={format(refused)} bad={refused > 0} />
      <Sum label="Tokens in, out" value={`${format(inputTokens)}, ${format(outputTokens)}`} />
      <Sum label="List price" value={<Money micros={costMicros} />} />
    </dl>
  );
}

interface SumProps {
  readonly label: string;
  readonly value: React.ReactNode;
  readonly bad?: boolean;
}

function Sum({ label, value, bad = false }: SumProps) {
  return (
    <div className="bg-raised px-3 py-2">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className={`text-sm tabular-nums ${bad ? "text-bad" : ""}`}>{value}</dd>
    </div>
  );
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
