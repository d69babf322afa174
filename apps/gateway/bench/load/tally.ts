/** Collects how calls went: times for the percentiles, and every error by its words. */

export interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export class Tally {
  readonly #status: number;
  readonly #times: number[] = [];
  readonly #errors = new Map<string, number>();

  /** `status`: the one right answer. */
  constructor(status: number) {
    this.#status = status;
  }

  /** Calls answered completely, whatever the status. */
  get answered(): number {
    return this.#times.length;
  }

  answer({ status, ms }: { readonly status: number; readonly ms: number }): void {
    this.#times.push(ms);
    if (status !== this.#status) this.error(`status ${status} instead of ${this.#status}`);
  }

  error(what: string): void {
    this.#errors.set(what, (this.#errors.get(what) ?? 0) + 1);
  }

  get errors(): readonly string[] {
    return [...this.#errors].map(([what, times]) => `${times} × ${what}`);
  }

  percentiles(): Percentiles {
    return percentilesOf(this.#times);
  }
}

/** NaN where there is nothing to say. */
export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
