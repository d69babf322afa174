/** What comes after giving the right password. */
import { goTo } from "./go-to.ts";

/** In; or one more step. */
export type Entered = { readonly to: string } | "second-factor" | "verify";

/** The answer of the endpoints that sign in. */
export function entered(answer: unknown): Entered {
  if (typeof answer !== "object" || answer === null) throw new TypeError("no answer");
  if ("to" in answer && typeof answer.to === "string") return { to: answer.to };
  return "secondFactor" in answer ? "second-factor" : "verify";
}

interface Onward {
  readonly next: string | undefined;
  readonly push: (path: string) => void;
}

/** Goes there. */
export function followEntry(answer: Entered, { next, push }: Onward): void {
  if (typeof answer === "object") goTo(answer.to);
  else if (answer === "verify") push("/sign-up?sent=1");
  else if (next === undefined) push("/second-factor");
  else push(`/second-factor?next=${encodeURIComponent(next)}`);
}
