/** The way from the root of a JSON document to a value in it, told as a JSON Pointer that never tells a secret. */
import type { Span } from "./json.ts";
import { replaceSpans, type SecretSpan } from "./secret-span.ts";

/** A key on the way, and the secrets that stand in it. */
export interface KeyStep extends Span {
  readonly secrets: readonly SecretSpan[];
}

/** Characters of a key that a pointer repeats. */
const KEY_LENGTH = 64;

export class JsonPath {
  readonly #bytes: Buffer;
  /** An index for an element, a key for a member. */
  readonly #steps: (number | KeyStep)[] = [];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  push(step: number | KeyStep): void {
    this.#steps.push(step);
  }

  pop(): void {
    this.#steps.pop();
  }

  /** Whether the step that is `back` steps before the last is the key `name`, however it is spelled. */
  hasKey(back: number, name: string): boolean {
    const step = this.#steps.at(-1 - back);
    if (step === undefined || typeof step === "number") return false;
    const raw = this.#bytes.toString("latin1", step.start + 1, step.end - 1);
    return raw === name || (raw.includes("\\") && this.#textOf(step) === name);
  }

  /** Whether the way is exactly this one from the root; null stands for any element of a list. */
  is(way: readonly (string | null)[]): boolean {
    if (way.length !== this.#steps.length) return false;
    return way.every((name, at) =>
      name === null
        ? typeof this.#steps[at] === "number"
        : this.hasKey(this.#steps.length - 1 - at, name),
    );
  }

  /** RFC 6901; secrets in keys are replaced and long keys cut. */
  pointer(): string {
    return this.#steps
      .map((step) => (typeof step === "number" ? `/${step}` : `/${escaped(this.#textOf(step))}`))
      .join("");
  }

  #textOf(step: KeyStep): string {
    return String(JSON.parse(replaceSpans(this.#bytes, step, step.secrets).toString()));
  }
}

function escaped(key: string): string {
  const short = key.length > KEY_LENGTH ? `${key.slice(0, KEY_LENGTH)}…` : key;
  return short.replaceAll("~", "~0").replaceAll("/", "~1");
}
