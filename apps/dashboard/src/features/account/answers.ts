/** What the endpoints of the second factor answer. */

export interface Setup {
  /** Base32, for typing. */
  readonly secret: string;
  /** Modules on a side, and the dark ones as an SVG path. */
  readonly qr: { readonly size: number; readonly path: string };
  readonly recoveryCodes: readonly string[];
}

/** Throws for any other answer. */
export function readSetup(answer: unknown): Setup {
  if (isSetup(answer)) return answer;
  throw new TypeError("not a setup of a second factor");
}

/** Throws for any other answer. */
export function readRecoveryCodes(answer: unknown): readonly string[] {
  if (hasCodes(answer)) return answer.recoveryCodes;
  throw new TypeError("no recovery codes");
}

function isSetup(answer: unknown): answer is Setup {
  return hasCodes(answer) && "secret" in answer && "qr" in answer;
}

function hasCodes(answer: unknown): answer is { readonly recoveryCodes: readonly string[] } {
  return typeof answer === "object" && answer !== null && "recoveryCodes" in answer;
}
