/** Patterns of `matches`: RE2 syntax, matched in time linear in the text, with a bound on both. */
import { RE2JS } from "@bufbuild/re2";

/** Longest pattern, in UTF-16 units. */
const PATTERN_MAX = 256;
/** Most instructions a pattern may compile to: what one character of text can cost. */
const INSTRUCTIONS_MAX = 1_000;
/** Longest text that is matched, in UTF-16 units. */
const TEXT_MAX = 8_192;

export interface LinearPattern {
  /** Whether any part of `text` matches. Throws where the text is too long. */
  test(text: string): boolean;
}

/** Patterns are written out in policies; what was compiled once serves every later condition. */
const compiled = new Map<string, LinearPattern>();
const COMPILED_MAX = 1_000;

/** The compiled pattern. Throws an error that says why a pattern cannot be used. */
export function compilePattern(pattern: string): LinearPattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = compileFresh(pattern);
  if (compiled.size >= COMPILED_MAX) compiled.clear();
  compiled.set(pattern, fresh);
  return fresh;
}

function compileFresh(pattern: string): LinearPattern {
  if (pattern.length > PATTERN_MAX) {
    throw new Error(`a pattern has at most ${PATTERN_MAX} characters`);
  }
  const engine = RE2JS.compile(pattern);
  if (engine.re2().prog.inst.length > INSTRUCTIONS_MAX) {
    throw new Error("this pattern repeats too much");
  }
  return {
    test(text) {
      if (text.length > TEXT_MAX) {
        throw new Error(`a text of more than ${TEXT_MAX} characters is not matched`);
      }
      return engine.test(text);
    },
  };
}
