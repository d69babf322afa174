/** Whether everything that one glob matches another matches too. */
import type { Dialect } from "./automaton.ts";

/**
 * Whether `general` covers `special`, both without braces.
 * Sound, not complete: `true` is certain, `false` may be a cover that was not seen.
 */
export function covers(general: string, special: string, dialect: Dialect): boolean {
  const wide = tokensOf(general, dialect);
  const narrow = tokensOf(special, dialect);
  let below = narrow.map(() => false).concat(true);
  for (const token of wide.toReversed()) {
    const row: boolean[] = new Array(narrow.length + 1).fill(false);
    for (let at = narrow.length; at >= 0; at -= 1) {
      row[at] = canCover(token, narrow[at], {
        withoutToken: below[at] ?? false,
        withoutSpecial: row[at + 1] ?? false,
        withoutBoth: below[at + 1] ?? false,
      });
    }
    below = row;
  }
  return below[0] ?? false;
}

/** Literal characters, `?`, `*` and `**`; where `*` crosses separators it is `**`. */
function tokensOf(glob: string, dialect: Dialect): readonly string[] {
  const tokens = glob.match(/\*+|[^*]/gsu) ?? [];
  return dialect === "crossing" ? tokens.map((token) => token.replace(/^\*+$/, "**")) : tokens;
}

/** Whether what follows is covered, once the token, the special's next token, or both are taken. */
interface Rest {
  readonly withoutToken: boolean;
  readonly withoutSpecial: boolean;
  readonly withoutBoth: boolean;
}

function canCover(token: string, special: string | undefined, rest: Rest): boolean {
  if (token.startsWith("*")) {
    const takes = special !== undefined && (token !== "*" || staysInSegment(special));
    return rest.withoutToken || (takes && rest.withoutSpecial);
  }
  if (special === undefined || special.startsWith("*")) return false;
  const isOne = token === special || (token === "?" && staysInSegment(special));
  return isOne && rest.withoutBoth;
}

function staysInSegment(token: string): boolean {
  return token !== "/" && token !== "#" && token !== "**";
}
