/**
 * The lease of this process, on the database's clock. While it cannot be renewed the process stops admitting and
 * ends its streams before the lease does, since after that its open records are closed as `unknown`.
 */
import { setInterval } from "node:timers";
import type { Clock } from "@yolo/core/clock";
import { newId } from "@yolo/core/ids";
import type { Sql } from "@yolo/store/sql";

export interface LeaseOptions {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly leaseSeconds: number;
  readonly renewSeconds: number;
  oldestOpen(): string;
  /** The lease is about to end or has ended: end what is under way. */
  onLost(): void;
  onError(error: unknown): void;
}

export interface Lease {
  /** The id to admit under; null while this process may not admit. */
  instanceId(): string | null;
  /** Gives the lease back. */
  end(): Promise<void>;
}

/** The part of a lease that is kept in reserve for ending streams in order. */
const RESERVE = 0.2;

/** Registers this process and keeps renewing. Throws when the first registration fails. */
export async function holdLease(options: LeaseOptions): Promise<Lease> {
  const { sql, clock } = options;
  const usableMs = options.leaseSeconds * 1000 * (1 - RESERVE);
  let id = newId();
  let usableUntil = 0;
  let lost = false;
  let ended = false;

  async function renew(): Promise<void> {
    const askedAt = clock.monotonicMs();
    const [row] = await sql<{ held: boolean }[]>`
      SELECT directory.renew_lease_1(${id}, ${options.oldestOpen()}, ${options.leaseSeconds}) AS held`;
    if (ended) return;
    if (row?.held === true) {
      usableUntil = askedAt + usableMs;
      lost = false;
      return;
    }
    // An ended lease never lives again: what comes from here on belongs to a new instance.
    id = newId();
    lose();
    await renew();
  }

  function lose(): void {
    if (lost) return;
    lost = true;
    options.onLost();
  }

  await renew();
  let renewing = false;
  const renewTimer = setInterval(() => {
    if (renewing) return;
    renewing = true;
    renew()
      .catch(options.onError)
      .finally(() => {
        renewing = false;
      });
  }, options.renewSeconds * 1000);
  const watchTimer = setInterval(() => {
    if (clock.monotonicMs() >= usableUntil) lose();
  }, 250);

  return {
    instanceId: () => (clock.monotonicMs() < usableUntil ? id : null),
    async end() {
      clearInterval(renewTimer);
      clearInterval(watchTimer);
      ended = true;
      usableUntil = 0;
      await sql`SELECT directory.end_lease_1(${id})`;
    },
  };
}
