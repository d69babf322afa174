/**
 * YAML text → trees. Policies are written in a strict part of YAML 1.2: block and flow lists and maps, plain, quoted
 * and block texts, comments, `---`. Whatever is accepted means the same to every YAML 1.2 reader; what could mean
 * something else (anchors, aliases, tags, directives, tabs, a key twice) is refused. Takes linear time.
 */
import { hiddenCharacter, sizeProblem } from "./hostile-text.ts";
import { errorAt, type Issue, type Place } from "./issue.ts";
import { InlineReader } from "./yaml-inline.ts";
import { blockText, folded } from "./yaml-scalar.ts";
import { YamlError, YamlText } from "./yaml-text.ts";
import type { Tree } from "./yaml-tree.ts";

/** Most documents in one text. */
const DOCUMENTS_MAX = 200;

/** The trees of all documents in the text. Where `issues` is not empty the trees are not to be relied on. */
export function readYaml(text: string): { trees: readonly Tree[]; issues: readonly Issue[] } {
  const problem = sizeProblem(text) ?? hiddenCharacter(text);
  if (problem !== undefined) return { trees: [], issues: [problem] };
  const reader = new BlockReader(text);
  try {
    const trees = reader.documents();
    const hidden = text.includes("\\") ? trees.flatMap(hiddenInValues) : [];
    return { trees, issues: [...reader.issues, ...hidden] };
  } catch (error) {
    if (error instanceof YamlError) return { trees: [], issues: [...reader.issues, error.issue] };
    throw error;
  }
}

/** What escapes in quotes may have hidden. */
function hiddenInValues(tree: Tree): Issue[] {
  if (tree.kind === "list") return tree.items.flatMap(hiddenInValues);
  if (tree.kind === "map") {
    return [...tree.entries].flatMap(([name, { key, value }]) => [
      ...hiddenIn(name, key),
      ...hiddenInValues(value),
    ]);
  }
  return typeof tree.value === "string" ? hiddenIn(tree.value, tree.place) : [];
}

function hiddenIn(text: string, place: Place): Issue[] {
  const hidden = hiddenCharacter(text);
  return hidden === undefined ? [] : [errorAt(place, hidden.code, hidden.message)];
}

class BlockReader {
  readonly #source: YamlText;
  readonly #inline: InlineReader;

  constructor(text: string) {
    this.#source = new YamlText(text);
    this.#inline = new InlineReader(this.#source);
  }

  get issues(): readonly Issue[] {
    return this.#inline.issues;
  }

  documents(): Tree[] {
    const source = this.#source;
    const trees: Tree[] = [];
    let isOpen = false;
    for (;;) {
      const column = source.nextContent();
      const isMarker = column === 0 && source.isMarker();
      if (isOpen && (column < 0 || isMarker)) {
        source.refuse("empty_document", "an empty document; write a policy or remove the `---`");
      }
      if (column < 0) return trees;
      if (isMarker) {
        this.#marker();
        isOpen = true;
        continue;
      }
      if (trees.length >= DOCUMENTS_MAX) {
        source.refuse("too_many_documents", `more than ${DOCUMENTS_MAX} documents`);
      }
      trees.push(this.#document(column));
      isOpen = false;
    }
  }

  #marker(): void {
    const source = this.#source;
    if (source.peek() === ".") source.refuse("yaml_syntax", "write `---` between documents");
    source.at += 3;
    source.endLine();
  }

  #document(column: number): Tree {
    const source = this.#source;
    if (column === 0 && source.peek() === "%") {
      source.refuse("yaml_directive", "a policy has no `%` directives; remove it");
    }
    const tree = this.#node(-1);
    const next = source.nextContent();
    if (next >= 0 && !(next === 0 && source.isMarker())) {
      source.refuse("yaml_indent", "this line is not indented like those above");
    }
    return tree;
  }

  /** From the first character of a line: the list, map or scalar that begins here; it belongs to `parent`. */
  #node(parent: number): Tree {
    const column = this.#source.column();
    if (this.#inline.isItem()) return this.#list(column);
    return this.#inline.isKey() ? this.#map(column) : this.#value(parent);
  }

  #list(column: number): Tree {
    const source = this.#source;
    const start = source.at;
    return this.#inline.nested(() => {
      const items: Tree[] = [];
      let last: Tree;
      do {
        const dash = source.placeOf(source.at, source.at + 1);
        source.at += 1;
        source.skipSpaces();
        last = this.#isLineOver() ? this.#below(column, dash, false) : this.#behindDash(column);
        items.push(last);
      } while (source.nextContent() === column && this.#inline.isItem());
      this.#refuseDeeper(column);
      return { kind: "list", place: this.#span(start, last), items };
    });
  }

  /** Behind `- `: a list or map whose first line this is, or a scalar. */
  #behindDash(parent: number): Tree {
    const column = this.#source.column();
    if (this.#inline.isItem()) return this.#list(column);
    return this.#inline.isKey() ? this.#map(column) : this.#value(parent);
  }

  #map(column: number): Tree {
    const source = this.#source;
    const start = source.at;
    return this.#inline.nested(() => {
      const entries = new Map<string, { key: Place; value: Tree }>();
      let last: Tree;
      do {
        if (!this.#inline.isKey()) source.refuse("yaml_syntax", "expected `key: value`");
        const key = this.#inline.key();
        source.skipSpaces();
        last = this.#isLineOver() ? this.#below(column, key.place, true) : this.#behindKey(column);
        this.#inline.addEntry(entries, { key, value: last });
      } while (source.nextContent() === column && !this.#isMarkerAt(column));
      this.#refuseDeeper(column);
      return { kind: "map", place: this.#span(start, last), entries };
    });
  }

  /** Behind `key: ` on its line: neither a list nor another key may begin there. */
  #behindKey(column: number): Tree {
    const source = this.#source;
    if (this.#inline.isItem()) source.refuse("yaml_syntax", "begin the list on the next line");
    if (this.#inline.isKey()) source.refuse("yaml_syntax", "two keys on one line; quote this text");
    return this.#value(column);
  }

  /** The value in the lines below a key or a dash; null, in the place of its owner, where there is none. */
  #below(column: number, owner: Place, isKey: boolean): Tree {
    const source = this.#source;
    source.endLine();
    const below = source.nextContent();
    if (below > column) return this.#node(column);
    if (isKey && below === column && this.#inline.isItem()) return this.#list(column);
    return { kind: "scalar", place: owner, value: null, isQuoted: false };
  }

  /** A scalar or a flow collection, to the end of its last line. */
  #value(parent: number): Tree {
    const source = this.#source;
    const start = source.at;
    const character = source.peek();
    if (character === "|" || character === ">") {
      return this.#inline.scalar(start, blockText(source, parent));
    }
    if (character === "[" || character === "{" || this.#inline.isQuote()) {
      const tree = this.#inline.isQuote() ? this.#inline.quoted() : this.#inline.flow(parent);
      source.endLine();
      return tree;
    }
    const first = this.#inline.plainText(false);
    const end = source.at;
    const more = this.#continuation(parent);
    const resume = source.at;
    source.at = more.length === 0 ? end : resume;
    const tree = this.#inline.plain(start, folded([first, ...more]));
    source.at = resume;
    return tree;
  }

  /** The further lines of a plain scalar: those that are indented more than `parent`, empty ones between them. */
  #continuation(parent: number): string[] {
    const source = this.#source;
    const lines: string[] = [];
    for (;;) {
      source.skipSpaces();
      const hasComment = source.peek() === "#";
      source.endLine();
      const resume = source.at;
      const empty = source.skipEmptyLines();
      const column = source.column();
      const isOver = source.at >= source.text.length || source.peek() === "#" || column <= parent;
      if (isOver || this.#isMarkerAt(column)) {
        source.at = resume;
        return lines;
      }
      if (hasComment) source.refuse("yaml_indent", "indented like a text that a comment has ended");
      if (this.#inline.isKey())
        source.refuse("yaml_indent", "this key is indented like a text above it");
      for (let count = 0; count < empty; count += 1) lines.push("");
      lines.push(this.#inline.plainText(false, true));
    }
  }

  #isLineOver(): boolean {
    return this.#source.at >= this.#source.lineEnd() || this.#source.peek() === "#";
  }

  #isMarkerAt(column: number): boolean {
    return column === 0 && this.#source.isMarker();
  }

  #refuseDeeper(column: number): void {
    if (this.#source.nextContent() > column) {
      this.#source.refuse("yaml_indent", "this line is indented more than those it belongs to");
    }
  }

  /** From an offset to the end of the last thing in it. */
  #span(start: number, { place }: Tree): Place {
    const { line, column } = this.#source.placeOf(start, start + 1);
    return { line, column, endLine: place.endLine, endColumn: place.endColumn };
  }
}
