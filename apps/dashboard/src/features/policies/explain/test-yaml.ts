/** A test in the policy language's own words, and its way into a text. */

export interface TestFacts {
  readonly name: string;
  readonly agent: string;
  readonly project: string;
  readonly action: string;
  readonly on: string;
  readonly tier: string;
  /** Null: nobody has proved who they are. */
  readonly user: { readonly [key: string]: unknown } | null;
  readonly args: object;
  readonly facts: object;
  readonly expect: string;
}

/** One item of `tests`, without indentation. */
export function testYaml({ args, facts, user, tier, ...plain }: TestFacts): string {
  const { name, agent, project, action, on, expect } = plain;
  const lines = [
    `name: ${word(name)}`,
    `agent: ${word(agent)}`,
    `project: ${word(project)}`,
    `action: ${word(action)}`,
    `on: ${word(on)}`,
    ...(tier === "interactive" ? [] : [`tier: ${tier}`]),
    `user: ${JSON.stringify(user ?? { verified: false })}`,
    ...(Object.keys(args).length === 0 ? [] : [`args: ${JSON.stringify(args)}`]),
    ...(Object.keys(facts).length === 0 ? [] : [`facts: ${JSON.stringify(facts)}`]),
    `expect: ${expect}`,
  ];
  return lines.map((line, at) => `${at === 0 ? "- " : "  "}${line}`).join("\n");
}

/**
 * The text with the item added to the tests of its last document. The item may stand under `tests:` or be indented.
 * Undefined: what was given is no test, or the tests stand in brackets, where nothing can be added by lines.
 */
export function withTest(text: string, given: string): string | undefined {
  const item = itemOf(given);
  const lines = text.trimEnd().split("\n");
  const start = lines.findLastIndex((line) => line.startsWith("---")) + 1;
  const tests = lines.findIndex((line, at) => at >= start && /^["']?tests["']?:/.test(line));
  if (item === undefined) return undefined;
  if (tests < 0) return `${[...lines, "tests:", ...indented(item, 2)].join("\n")}\n`;
  if (!/^["']?tests["']?:\s*(#.*)?$/.test(lines[tests] ?? "")) return undefined;
  const next = lines.findIndex((line, at) => at > tests && /^[^\s#-]/.test(line));
  const end = next < 0 ? lines.length : next;
  const first = lines.slice(tests + 1, end).find((line) => /^\s*-/.test(line));
  const column = first === undefined ? 2 : first.search(/-/);
  const above = lines.slice(0, end).join("\n").trimEnd();
  return `${[above, ...indented(item, column), ...lines.slice(end)].join("\n")}\n`;
}

/** The item's lines, the dash in the first column. */
function itemOf(given: string): readonly string[] | undefined {
  const lines = given.split("\n").filter((line) => line.trim() !== "" && !/^tests:\s*$/.test(line));
  const least = Math.min(...lines.map((line) => line.search(/\S/)));
  const dedented = lines.map((line) => line.slice(least).trimEnd());
  const [first = ""] = dedented;
  if (!/^(- +)?(\{ *)?\w+:/.test(first) || !dedented.some((line) => /\bexpect:/.test(line)))
    return undefined;
  if (first.startsWith("-")) return dedented;
  return dedented.map((line, at) => `${at === 0 ? "- " : "  "}${line}`);
}

function indented(lines: readonly string[], column: number): readonly string[] {
  return lines.map((line) => `${" ".repeat(column)}${line}`);
}

/** Plain where every reader takes it as that text, else in quotes. */
function word(text: string): string {
  const isPlain = /^[A-Za-z][\w ./:#@-]*$/.test(text) && !/: | #|[: ]$/.test(text);
  const isOther = /^(true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain && !isOther ? text : JSON.stringify(text);
}
