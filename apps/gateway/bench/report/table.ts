/** Aligned tables that are Markdown too, so that they can be kept as they are printed. */

export interface Column<Row> {
  readonly title: string;
  /** Numbers stand right. */
  readonly align: "left" | "right";
  text(row: Row): string;
}

export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columns.map(({ title }, at) =>
    Math.max(3, title.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${columns.map((column, at) => pad(row[at] ?? "", widths[at] ?? 0, column.align)).join(" | ")} |`;
  const rule = columns.map(({ align }, at) => {
    const dashes = "-".repeat((widths[at] ?? 0) - 1);
    return align === "right" ? `${dashes}:` : `-${dashes}`;
  });
  return [line(columns.map(({ title }) => title)), line(rule), ...cells.map(line)].join("\n");
}

function pad(text: string, width: number, align: "left" | "right"): string {
  return align === "right" ? text.padStart(width) : text.padEnd(width);
}

/** A dash for what there is not. */
export function figure(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
