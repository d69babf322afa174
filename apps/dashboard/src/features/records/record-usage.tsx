/** How long it took, what it used, and what that costs by list price. */
import { formatMoneyExactly } from "../../ui/format-money.ts";
import { Money } from "../../ui/money.tsx";
import { formatDuration } from "./format-duration.ts";
import { Section } from "./section.tsx";
import type { RecordDetail } from "./use-record.ts";

type Outcome = NonNullable<RecordDetail["outcome"]>;

const WHAT = {
  input: "input",
  cache_read: "read from cache",
  cache_write: "written to cache",
  output: "output",
} as const;

export function RecordUsage({ record }: { readonly record: RecordDetail }) {
  const { outcome } = record;
  if (outcome === null) {
    return (
      <Section title="Time and money">
        <p className="text-muted text-sm">It is under way: how it ends is not known yet.</p>
      </Section>
    );
  }
  return (
    <Section title="Time and money">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        <Figure
          label="Took"
          value={outcome.latencyMs === null ? "—" : formatDuration(outcome.latencyMs)}
        />
        <Figure
          label="First byte after"
          value={outcome.firstByteMs === null ? "—" : formatDuration(outcome.firstByteMs)}
        />
        <Figure label="Status" value={outcome.status ?? "—"} />
        <Figure label="List price" value={<Money micros={outcome.costMicros} />} />
      </dl>
      {outcome.error !== null && (
        <p className="mt-2 text-sm">
          Error <code className="text-xs">{outcome.error}</code>
        </p>
      )}
      {outcome.tokens !== null && <Arithmetic record={record} outcome={outcome} />}
    </Section>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: React.ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="text-sm tabular-nums">{value}</dd>
    </div>
  );
}

function Arithmetic({
  record,
  outcome,
}: {
  readonly record: RecordDetail;
  readonly outcome: Outcome;
}) {
  const { tokens, costMicros, priceTable } = outcome;
  const { costLines } = record;
  const metering =
    tokens?.metering === "estimated"
      ? "Estimated: the reply was cut before the provider reported. "
      : "";
  if (costLines === null) {
    return (
      <p className="mt-2 text-muted text-xs">
        {metering}
        {format(tokens?.input)} tokens in, of them {format(tokens?.cacheRead)} from cache;{" "}
        {format(tokens?.output)} out.{" "}
        {costMicros === null
          ? "The price table does not know this model."
          : `Priced by ${priceTable}.`}
      </p>
    );
  }
  return (
    <div className="mt-2 text-muted text-xs">
      {metering}
      <ul className="tabular-nums">
        {costLines.map(({ what, tokens: count, microsPerToken }) => (
          <li key={what}>
            {format(count)} tokens {WHAT[what]} × ${microsPerToken.toLocaleString("en-US")} a
            million = {formatMoneyExactly(count * microsPerToken)}
          </li>
        ))}
      </ul>
      <p>
        Together {formatMoneyExactly(costMicros ?? 0)}, rounded up, by {priceTable}.
      </p>
    </div>
  );
}

function format(count: number | null | undefined): string {
  return count === null || count === undefined ? "?" : count.toLocaleString("en-US");
}
