/** What stands on a line of YAML: keys, plain and quoted scalars, and flow collections (`[…]`, `{…}`). */
import { errorAt, type Issue, type Place } from "./issue.ts";
import { plainScalar, quotedText, type ScalarValue } from "./yaml-scalar.ts";
import type { YamlText } from "./yaml-text.ts";
import type { MapTree, Tree } from "./yaml-tree.ts";

/** Deepest nesting of lists and maps that a document may have. */
const DEPTH_MAX = 32;
/** Longest key, in UTF-16 units (YAML 1.2 §7.4.2). */
const KEY_MAX = 1_024;

/** Characters that a plain scalar must not begin with, and why. */
const INDICATORS: ReadonlyMap<string, { readonly code: string; readonly message: string }> =
  new Map([
    [
      "&",
      {
        code: "yaml_anchor",
        message: "a policy has no anchors; quote a text that begins with `&`",
      },
    ],
    ["*", { code: "yaml_alias", message: "quote a text that begins with `*`" }],
    ["!", { code: "yaml_tag", message: "quote a text that begins with `!`" }],
    ...[..."%@`,[]{}|>"].map(
      (character) =>
        [
          character,
          { code: "yaml_syntax", message: `quote a text that begins with \`${character}\`` },
        ] as const,
    ),
  ]);

const TAB = 9;
const SPACE = 32;
const HASH = 35;
const COMMA = 44;
const COLON = 58;
/** No character above `}` has a meaning inside plain text. */
const MEANING_MAX = 125;

function isFlowIndicator(code: number): boolean {
  return code === COMMA || code === 91 || code === 93 || code === 123 || code === 125;
}

export class InlineReader {
  /** Problems that do not keep the rest from being read. */
  readonly issues: Issue[] = [];
  readonly #source: YamlText;
  #depth = 0;

  constructor(source: YamlText) {
    this.#source = source;
  }

  /** Reads a list or map with `read`; refuses where it lies too deep. */
  nested(read: () => Tree): Tree {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      this.#source.refuse("too_deep", `nested deeper than ${DEPTH_MAX} levels`);
    }
    const tree = read();
    this.#depth -= 1;
    return tree;
  }

  /** Adds an entry to a map; a key is a text and stands there once. */
  addEntry(
    entries: Map<string, { readonly key: Place; readonly value: Tree }>,
    { key, value }: { readonly key: Tree; readonly value: Tree },
  ): void {
    const name = key.kind === "scalar" ? key.value : undefined;
    if (typeof name !== "string") {
      this.issues.push(errorAt(key.place, "key_not_text", "a key must be a text; quote it"));
    } else if (name === "__proto__") {
      // Objects of JavaScript treat this name apart; a map that lost it would mean less than it says.
      this.issues.push(errorAt(key.place, "unknown_key", "a key must not be `__proto__`"));
    } else if (entries.has(name)) {
      const message = `the key \`${name}\` stands here twice`;
      this.issues.push(errorAt(key.place, "duplicate_key", message));
    } else {
      entries.set(name, { key: key.place, value });
    }
  }

  /** Whether `key:` begins here. */
  isKey(): boolean {
    const source = this.#source;
    const start = source.at;
    const character = source.peek();
    if (character === '"' || character === "'") {
      quotedText(source);
      source.skipSpaces();
      const isKey = source.peek() === ":" && source.isBlank(source.at + 1);
      source.at = start;
      return isKey;
    }
    if (character === "[" || character === "{") return false;
    const end = this.#keyEnd();
    if (end - start > KEY_MAX)
      source.refuse("yaml_syntax", `a key of more than ${KEY_MAX} characters`);
    return end >= 0;
  }

  /** Reads `key:` to behind the colon; the key. */
  key(): Tree {
    const source = this.#source;
    const start = source.at;
    const key = this.isQuote() ? this.quoted() : this.#plainKey(start);
    source.skipSpaces();
    source.at += 1;
    return key;
  }

  /** Whether `- ` begins here. */
  isItem(): boolean {
    return this.#source.peek() === "-" && this.#source.isBlank(this.#source.at + 1);
  }

  isQuote(): boolean {
    return this.#source.peek() === '"' || this.#source.peek() === "'";
  }

  quoted(): Tree {
    const start = this.#source.at;
    return this.scalar(start, quotedText(this.#source), true);
  }

  scalar(start: number, value: ScalarValue, isQuoted = false): Tree {
    return { kind: "scalar", place: this.#source.placeOf(start, this.#source.at), value, isQuoted };
  }

  /** The value of a plain scalar that has been read from `start`. */
  plain(start: number, text: string): Tree {
    const value = plainScalar(text);
    const tree = this.scalar(start, value ?? null);
    if (value === undefined) {
      this.issues.push(errorAt(tree.place, "not_a_number", "write a finite number"));
    }
    return tree;
  }

  /** Reads plain text to where it ends on this line. */
  plainText(isFlow: boolean, isContinued = false): string {
    const source = this.#source;
    const { text, at: start } = source;
    const end = source.lineEnd();
    if (!isContinued) this.#refuseIndicator(isFlow);
    let at = start;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code > MEANING_MAX) continue;
      if (code === HASH && at > start && text.charCodeAt(at - 1) === SPACE) break;
      if (isFlow && isFlowIndicator(code)) break;
      if (code === COLON && this.#endsKey(at, isFlow)) break;
      if (code === TAB) source.refuse("yaml_tab", "write spaces instead of a tab", at);
    }
    if (!isFlow && text[at] === ":")
      source.refuse("yaml_syntax", "quote a text with `: ` in it", at);
    const plain = text.slice(start, at).trimEnd();
    source.at = start + plain.length;
    return plain;
  }

  /** A flow collection; its lines are indented more than `parent`. */
  flow(parent: number): Tree {
    return this.nested(() =>
      this.#source.peek() === "[" ? this.#flowList(parent) : this.#flowMap(parent),
    );
  }

  #flowList(parent: number): Tree {
    const source = this.#source;
    const start = source.at;
    const items: Tree[] = [];
    source.at += 1;
    while (this.#flowSpace(parent) !== "]") {
      items.push(this.#flowValue(parent));
      if (this.#flowSpace(parent) === ":") {
        source.refuse("yaml_syntax", "a key in a list; put it in braces");
      }
      this.#flowSeparator("]", start);
    }
    source.at += 1;
    return { kind: "list", place: source.placeOf(start, source.at), items };
  }

  #flowMap(parent: number): Tree {
    const source = this.#source;
    const start = source.at;
    const entries: Map<string, { key: Place; value: Tree }> = new Map();
    source.at += 1;
    while (this.#flowSpace(parent) !== "}") {
      const isQuoted = this.isQuote();
      const key = this.#flowValue(parent);
      source.skipSpaces();
      if (source.peek() !== ":" || !(isQuoted || this.#endsKey(source.at, true))) {
        source.refuse("yaml_syntax", "expected `: ` and a value behind this key");
      }
      source.at += 1;
      const next = this.#flowSpace(parent);
      if (next === "," || next === "}") source.refuse("yaml_syntax", "a value is missing here");
      this.addEntry(entries, { key, value: this.#flowValue(parent) });
      this.#flowSpace(parent);
      this.#flowSeparator("}", start);
    }
    source.at += 1;
    const tree: MapTree = { kind: "map", place: source.placeOf(start, source.at), entries };
    return tree;
  }

  #flowValue(parent: number): Tree {
    const start = this.#source.at;
    const character = this.#source.peek();
    if (character === "[" || character === "{") return this.flow(parent);
    return this.isQuote() ? this.quoted() : this.plain(start, this.plainText(true));
  }

  /** Behind an item: a comma, or the end. */
  #flowSeparator(end: "]" | "}", start: number): void {
    const source = this.#source;
    if (source.peek() === ",") source.at += 1;
    else if (source.peek() === "") source.refuse("yaml_syntax", `its \`${end}\` is missing`, start);
    else if (source.peek() !== end) source.refuse("yaml_syntax", `expected \`,\` or \`${end}\``);
  }

  /** Moves over spaces, comments and line ends inside a flow collection; the next character. */
  #flowSpace(parent: number): string {
    const source = this.#source;
    const before = source.at;
    source.skipSpaces();
    const isComment = source.peek() === "#" && source.at > before;
    if (source.at < source.lineEnd() && !isComment) return source.peek();
    source.nextLine();
    const column = source.nextContent();
    if (column < 0) return "";
    if (column <= parent || source.isMarker()) {
      source.refuse("yaml_indent", "indent this line more than the key that it belongs to");
    }
    return source.peek();
  }

  /** Whether the `:` at this offset ends a key. */
  #endsKey(at: number, isFlow: boolean): boolean {
    return (
      this.#source.isBlank(at + 1) || (isFlow && /[,[\]{}]/.test(this.#source.text[at + 1] ?? ""))
    );
  }

  /** A plain scalar must not begin with a character that has a meaning. */
  #refuseIndicator(isFlow: boolean): void {
    const source = this.#source;
    const character = source.peek();
    const problem = INDICATORS.get(character);
    if (problem !== undefined) source.refuse(problem.code, problem.message);
    const isAlone = source.isBlank(source.at + 1) || (isFlow && ",[]{}".includes(source.peek(1)));
    if (character === "#" || ("-?:".includes(character) && isAlone)) {
      source.refuse(
        "yaml_syntax",
        `\`${character}\` has a meaning of its own here; quote this text`,
      );
    }
  }

  #plainKey(start: number): Tree {
    const source = this.#source;
    this.#refuseIndicator(false);
    const text = source.text.slice(start, this.#keyEnd()).trimEnd();
    if (text.includes("\t")) source.refuse("yaml_tab", "write spaces instead of a tab");
    source.at = start + text.length;
    return this.plain(start, text);
  }

  /** Offset of the `:` that ends a plain key beginning here; -1 where none does. */
  #keyEnd(): number {
    const { text, at: start } = this.#source;
    const end = this.#source.lineEnd();
    for (let at = start; at < end; at += 1) {
      if (text[at] === ":" && this.#endsKey(at, false)) return at;
      if (text[at] === "#" && text[at - 1] === " ") return -1;
    }
    return -1;
  }
}
