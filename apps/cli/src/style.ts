/** Colours, where they are of use: on a terminal, unless NO_COLOR is set (no-color.org). */
import type { Io } from "./io.ts";

const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;
export type Style = keyof typeof CODES;

export type Paint = (style: Style, text: string) => string;

export function painterFor({ isTerminal, env }: Io): Paint {
  const isOn = isTerminal && !env.NO_COLOR;
  if (!isOn) return (_, text) => text;
  return (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m`;
}

export const EFFECT_STYLES = { allow: "green", approve: "yellow", deny: "red" } as const;

/** The rows as columns of equal width, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join("  "),
  );
}
