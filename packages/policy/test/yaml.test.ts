/** The reader of YAML beside a full implementation of YAML 1.2: what it accepts must mean the same there. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isMap, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { readYaml } from "../src/read-yaml.ts";
import { plainValue, type Tree } from "../src/yaml-tree.ts";
import { Random } from "./random.ts";

const testdata = new URL("../testdata/", import.meta.url);
const UNUSUAL = `a: |
  x
   y

  z
b: >-
  p
  q

  r
c: plain
  more

  lines # comment
d:
- 1
- - 2
  - 3
-
  x: y
  z:
    - w
e: {a: 1, 'b': [x, "y\\n\\u00e9"], "c":3}
f: ~
g: [1.5e3, 0x1F, 0o17, -.5, +7, 1., .inf, Null, TRUE, "true"]
i: 'it''s'
j: [
  a, # c
  b ,
  ]
'k k': v # c
"q\\"q": http://x.y/z#a
n: a#b
p:
  q: r

  # comment
  s: t
---
- x
- "---"
---
|
text
---
a: b
`;
const TEXTS: readonly [string, ...string[]] = [
  UNUSUAL,
  ...["matrix", "seeds"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, testdata)).map((name) =>
      readFileSync(new URL(`${folder}/${name}`, testdata), "utf8"),
    ),
  ),
];
const PIECES: readonly [string, ...string[]] = [
  ...([
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n- ",
    ": ",
    ":",
    "- ",
    "-",
    "#",
    " #",
    "'",
    '"',
    "[",
    "]",
  ] as const),
  ...[
    "{",
    "}",
    ",",
    "|",
    "|-",
    ">",
    ">-",
    "\\",
    "a",
    "1",
    "~",
    "true",
    "null",
    "---\n",
    "...",
    "?",
  ],
  ...["? ", "&a ", "*a", "!t ", "%", "@", "`", "\r\n", "\r", "\t", ".5", "0x1", "1e3", "é", "<<: "],
  ...["  - x\n", "k: v\n", "\u00a0", "\n\n"],
];

function disagreement(text: string): string | undefined {
  const { trees, issues } = readYaml(text);
  if (issues.length > 0) return undefined;
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { version: "1.2", schema: "core", lineCounter });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (problems.length > 0) return `accepted, and not YAML: ${problems[0]?.message}`;
  const [ours, theirs] = [trees.map(plainValue), documents.map((document) => document.toJS())];
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    return `read as ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`;
  }
  const misplaced = trees.flatMap((tree, index) =>
    misplacedIn(tree, documents[index]?.contents ?? null, lineCounter),
  );
  return misplaced.length === 0 ? undefined : `misplaced: ${misplaced.join("; ")}`;
}

/** Values whose place is not where they stand; absent values stand nowhere. */
function misplacedIn(tree: Tree, node: Node | null, lines: LineCounter): string[] {
  if (tree.kind === "scalar" && tree.value === null) return [];
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  const isRight = line === tree.place.line && col === tree.place.column;
  const own = isRight ? [] : [`${JSON.stringify(plainValue(tree))} at ${line}:${col}`];
  if (tree.kind === "list" && isSeq<Node>(node)) {
    return [
      ...own,
      ...tree.items.flatMap((item, at) => misplacedIn(item, node.items[at] ?? null, lines)),
    ];
  }
  if (tree.kind === "map" && isMap<Node, Node>(node)) {
    const values = [...tree.entries.values()];
    return [
      ...own,
      ...values.flatMap(({ value }, at) =>
        misplacedIn(value, node.items[at]?.value ?? null, lines),
      ),
    ];
  }
  return own;
}

test("whole policies and unusual YAML are accepted and mean the same", () => {
  for (const text of TEXTS) {
    expect(readYaml(text).issues.filter(({ code }) => code !== "not_a_number")).toEqual([]);
    expect(disagreement(text)).toBeUndefined();
  }
});

test("whatever is accepted of 5,000 damaged texts means the same", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = new Random(seed);
  let accepted = 0;
  for (let count = 0; count < 5_000; count += 1) {
    const text = damaged(random);
    expect(disagreement(text), `seed ${seed}: ${JSON.stringify(text)}`).toBeUndefined();
    if (readYaml(text).issues.length === 0) accepted += 1;
  }
  expect(accepted).toBeGreaterThan(500);
});

/** A few lines of a text, moved to the left, with one to three pieces put in or taken out. */
function damaged(random: Random): string {
  const lines = random.pick(TEXTS).split("\n");
  const from = random.below(lines.length);
  const some = lines.slice(from, from + 1 + random.below(8));
  const indent = some[0]?.search(/[^ ]/) ?? 0;
  let text = some
    .map((line) => line.slice(Math.min(Math.max(indent, 0), line.search(/[^ ]|$/))))
    .join("\n");
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const at = random.below(text.length + 1);
    const removed = random.chance(40) ? random.below(4) : 0;
    const piece = random.chance(80) ? random.pick(PIECES) : "";
    text = text.slice(0, at) + piece + text.slice(at + removed);
  }
  return text;
}
