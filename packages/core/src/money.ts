/** Money is an integer count of micro-dollars (1 USD = 1,000,000), a `bigint`; never a float. */
export type MicroDollars = bigint;

/** `1234567n` → `$1.234567`; trailing zeros beyond cents are dropped. */
export function formatMicros(micros: MicroDollars): string {
  const sign = micros < 0n ? "-" : "";
  const absolute = micros < 0n ? -micros : micros;
  const fraction = (absolute % 1_000_000n)
    .toString()
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${sign}$${absolute / 1_000_000n}.${fraction}`;
}
