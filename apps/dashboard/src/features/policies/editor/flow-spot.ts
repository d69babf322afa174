/** Where in a `[…]` or `{…}` on one line the cursor stands. */
import type { Spot } from "./yaml-spot.ts";

interface Bracket {
  readonly isMap: boolean;
  readonly keys: Map<string, string>;
  key: string | undefined;
}

/** `value` ends at the cursor. Undefined: no bracket is open there. */
export function flowSpot(value: string, offset: number, path: readonly string[]): Spot | undefined {
  const open = openBrackets(value);
  const last = open.brackets.at(-1);
  if (last === undefined) return undefined;
  const inner = open.brackets.flatMap(({ isMap, key }) => {
    if (!isMap) return ["[]"];
    return key === undefined ? [] : [key];
  });
  const word = value.slice(open.wordAt).trimStart().replace(/^["']/, "");
  return {
    path: [...path, ...inner],
    kind: last.isMap && last.key === undefined ? "word" : "value",
    ...{ from: offset - word.length, word, siblings: last.keys },
  };
}

function openBrackets(value: string): { brackets: readonly Bracket[]; wordAt: number } {
  const brackets: Bracket[] = [];
  let wordAt = 0;
  let quote = "";
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
      continue;
    }
    const top = brackets.at(-1);
    const isStart = value.slice(wordAt, at).trim() === "";
    if (isStart && (character === '"' || character === "'")) quote = character;
    else if (isStart && (character === "[" || character === "{")) {
      brackets.push({ isMap: character === "{", keys: new Map(), key: undefined });
      wordAt = at + 1;
    } else if (top !== undefined && (character === "]" || character === "}")) {
      endWord(top, value.slice(wordAt, at));
      brackets.pop();
      wordAt = at + 1;
    } else if (top !== undefined && character === ",") {
      endWord(top, value.slice(wordAt, at));
      top.key = undefined;
      wordAt = at + 1;
    } else if (top?.isMap && top.key === undefined && /^:( |$)/.test(value.slice(at, at + 2))) {
      top.key = value.slice(wordAt, at).trim().replaceAll(/["']/g, "");
      wordAt = at + 1;
    }
  }
  return { brackets, wordAt };
}

function endWord({ isMap, key, keys }: Bracket, word: string): void {
  if (isMap && key !== undefined) keys.set(key, word.trim());
}
