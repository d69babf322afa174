/** Money in words: micro-dollars as dollars, with as many digits as a small amount needs. */

const MICROS_PER_DOLLAR = 1_000_000;

/** `$1,234.50`, `$0.0420`, `$0`; below a ten-thousandth `<$0.0001`. */
export function formatMoney(micros: number): string {
  const dollars = micros / MICROS_PER_DOLLAR;
  if (dollars === 0) return "$0";
  if (Math.abs(dollars) < 0.0001) return "<$0.0001";
  const digits = Math.abs(dollars) < 1 ? 4 : 2;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(dollars);
}

/** Every digit: `$0.000042`. */
export function formatMoneyExactly(micros: number): string {
  return `$${(micros / MICROS_PER_DOLLAR).toFixed(6)}`;
}
