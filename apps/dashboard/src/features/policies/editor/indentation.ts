/** Where the next line of YAML begins: below a key that opens one, else under the key above. */
import { indentService } from "@codemirror/language";

const STEP = 2;

/** The column for a line after `above`. */
export function columnAfter(above: string): number {
  const spaces = /^ */.exec(above)?.[0].length ?? 0;
  const dashes = /^(- +)*/.exec(above.slice(spaces))?.[0].length ?? 0;
  const isOpen = /:\s*([|>][+-]?)?\s*(#.*)?$/.test(above) && !/^\s*#/.test(above);
  return spaces + dashes + (isOpen ? STEP : 0);
}

export const indentation = indentService.of(({ state, simulatedBreak }, at) => {
  const line = state.doc.lineAt(at);
  if (simulatedBreak === at) return columnAfter(line.text.slice(0, at - line.from));
  return line.number === 1 ? 0 : columnAfter(state.doc.line(line.number - 1).text);
});
