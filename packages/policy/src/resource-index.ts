/** The rules about one verb, found by resource: few are tried however many there are. */
import type { Candidate } from "./candidate.ts";
import { type GlobPattern, matchesPattern } from "./glob.ts";
import { RadixTree } from "./radix-tree.ts";

interface Entry {
  readonly candidate: Candidate;
  readonly pattern: GlobPattern;
}

export class ResourceIndex {
  readonly candidates: readonly Candidate[];
  /** Rules about every resource. */
  readonly #everywhere: readonly Candidate[];
  /** By the literal text a pattern begins with. */
  readonly #byPrefix = new RadixTree<Entry>();
  /** `**#refs/…`: by the literal text after the `#`. */
  readonly #byRef = new RadixTree<Entry>();
  /** Patterns with neither. */
  readonly #others: Entry[] = [];
  #hasRefs = false;

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    this.#everywhere = candidates.filter(({ patterns }) => patterns === undefined);
    for (const candidate of candidates) {
      for (const pattern of candidate.patterns ?? []) this.#add({ candidate, pattern });
    }
  }

  /**
   * Calls `visit` for each candidate about `resource`, perhaps more than once, in no particular order.
   * Returns a candidate that is about something like it, if there is one.
   */
  find(resource: string, visit: (candidate: Candidate) => void): Candidate | undefined {
    for (const candidate of this.#everywhere) visit(candidate);
    const tryEntry = ({ candidate, pattern }: Entry): void => {
      if (matchesPattern(pattern, resource)) visit(candidate);
    };
    let nearest = this.#byPrefix.walk(resource, 0, tryEntry);
    for (let at = this.#hasRefs ? resource.indexOf("#") : -1; at >= 0; ) {
      nearest = this.#byRef.walk(resource, at + 1, tryEntry) ?? nearest;
      at = resource.indexOf("#", at + 1);
    }
    for (const entry of this.#others) tryEntry(entry);
    return nearest?.candidate;
  }

  #add(entry: Entry): void {
    const { pattern } = entry;
    if (pattern.prefix !== "" || pattern.middle === undefined) {
      this.#byPrefix.add(pattern.prefix, entry);
    } else if (pattern.afterHash !== undefined) {
      this.#byRef.add(pattern.afterHash, entry);
      this.#hasRefs = true;
    } else {
      this.#others.push(entry);
    }
  }
}
