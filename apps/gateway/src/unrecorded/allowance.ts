/** How much may be noted: a little of each name's, and not much of all together. What exceeds it is not noted. */

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Allowance {
  /** Takes one if both the name's share and the common one have it. */
  take(name: string): boolean;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/** Names come from strangers: only so many are remembered, and whoever is forgotten begins anew. */
const NAMES_MAX = 1_000;

/** `monotonicMs` never goes back. */
export function createAllowance(
  rates: { readonly each: Rate; readonly all: Rate },
  monotonicMs: () => number,
): Allowance {
  const byName = new Map<string, Bucket>();
  const common = full(rates.all, monotonicMs());
  return {
    take(name) {
      const now = monotonicMs();
      const own = byName.get(name) ?? full(rates.each, now);
      if (!byName.has(name)) remember(byName, name, own);
      fill(own, rates.each, now);
      fill(common, rates.all, now);
      if (own.left < 1 || common.left < 1) return false;
      own.left -= 1;
      common.left -= 1;
      return true;
    },
  };
}

function full({ burst }: Rate, now: number): Bucket {
  return { left: burst, filledAt: now };
}

function fill(bucket: Bucket, { perSecond, burst }: Rate, now: number): void {
  const gained = ((now - bucket.filledAt) / 1_000) * perSecond;
  bucket.left = Math.min(burst, bucket.left + gained);
  bucket.filledAt = now;
}

function remember(byName: Map<string, Bucket>, name: string, bucket: Bucket): void {
  if (byName.size >= NAMES_MAX) {
    for (const oldest of byName.keys()) {
      byName.delete(oldest);
      break;
    }
  }
  byName.set(name, bucket);
}
