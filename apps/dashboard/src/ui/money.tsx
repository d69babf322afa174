/** An amount of money, every digit when pointed at. */
import { formatMoney, formatMoneyExactly } from "./format-money.ts";

interface Props {
  /** Micro-dollars; null: not known. */
  readonly micros: number | null;
}

export function Money({ micros }: Props) {
  if (micros === null) return <span className="text-muted">—</span>;
  return (
    <span className="tabular-nums" title={formatMoneyExactly(micros)}>
      {formatMoney(micros)}
    </span>
  );
}
