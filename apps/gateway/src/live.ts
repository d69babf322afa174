/**
 * The calls under way in this process: when their org changes they are judged again, and what is no longer allowed
 * ends, as does what a key allowed that has expired. Also knows the oldest record that is still open, which the lease
 * names for the sweep.
 */
import { lowestIdAt } from "@yolo/core/ids";
import type { CutReason, Exchange } from "./exchange.ts";
import { decide } from "./pipeline/decide.ts";
import { type Identified, type IdentifyDeps, identifyAgain } from "./pipeline/identify.ts";
import { Roster, type Rostered } from "./roster.ts";
import type { Call } from "./surfaces/surface.ts";
import type { Snapshot } from "./tenant/snapshot.ts";

export interface LiveCall extends Rostered {
  readonly exchange: Exchange;
  readonly identified: Identified;
  readonly call: Call;
  readonly sessionId: string;
  /** When what allows it ends by itself, epoch ms; null: never. Nobody's but `live`'s to write. */
  endsAtMs: number | null;
}

export interface Live {
  /** From before admission until the reply has ended. */
  open(call: LiveCall): void;
  close(call: LiveCall): void;
  /** Cuts the call at this moment, or at an earlier one that was said before; null: its key never expires. */
  endAt(call: LiveCall, epochMs: number | null): void;
  /** The record may be open in the database until `settled` says otherwise. */
  unsettled(recordId: string): void;
  settled(recordId: string): void;
  /** Judges the org's live calls under a newer snapshot, and cuts those it does not allow. */
  recheck(snapshot: Snapshot): void;
  cutAll(reason: CutReason): void;
  size(): number;
  /** No record of this process below this id is open. */
  oldestOpen(): string;
}

/** A record's id is made when its request arrives; reading a body may take a minute before the record opens. */
const ARRIVAL_MARGIN_MS = 120_000;
/** How often it is looked whether a key has expired, while there is a call whose key will. */
const EXPIRY_LOOK_MS = 500;

export function createLive(deps: Pick<IdentifyDeps, "peppers" | "now">): Live {
  const byOrg = new Map<string, Roster<LiveCall>>();
  const open = new Set<string>();
  let expiryLooks: NodeJS.Timeout | undefined;
  let size = 0;
  /** How many of them end by themselves. */
  let expiring = 0;

  function endAt(call: LiveCall, epochMs: number | null): void {
    if (epochMs === null) return;
    if (call.endsAtMs === null) expiring += 1;
    call.endsAtMs = Math.min(epochMs, call.endsAtMs ?? epochMs);
    expiryLooks ??= setInterval(endExpired, EXPIRY_LOOK_MS).unref();
  }

  function endExpired(): void {
    const now = deps.now();
    for (const calls of byOrg.values()) {
      for (const { exchange, endsAtMs } of calls) {
        if (endsAtMs !== null && endsAtMs <= now) exchange.cut("no_longer_allowed");
      }
    }
  }

  function forgetEnd(call: LiveCall): void {
    if (call.endsAtMs === null) return;
    expiring -= 1;
    if (expiring > 0) return;
    clearInterval(expiryLooks);
    expiryLooks = undefined;
  }

  function stillAllowed(live: LiveCall, snapshot: Snapshot): boolean {
    try {
      const identified = identifyAgain(live.identified, snapshot, deps);
      if (identified === null) return false;
      // A key that was rotated may work for a while yet, and no longer.
      endAt(live, identified.key.expiresAtMs);
      const { decision } = decide(identified, live.call, live.sessionId, deps.now());
      return decision.effect === "allow";
    } catch {
      // A policy that cannot be read allows nothing.
      return false;
    }
  }

  return {
    open(call) {
      const { orgId } = call.identified.snapshot;
      const calls = byOrg.get(orgId) ?? new Roster();
      byOrg.set(orgId, calls);
      calls.add(call);
      size += 1;
    },
    close(call) {
      const { orgId } = call.identified.snapshot;
      const calls = byOrg.get(orgId);
      if (calls?.delete(call) === true) size -= 1;
      if (calls?.size === 0) byOrg.delete(orgId);
      forgetEnd(call);
    },
    endAt,
    unsettled: (recordId) => void open.add(recordId),
    settled: (recordId) => void open.delete(recordId),
    recheck(snapshot) {
      for (const live of byOrg.get(snapshot.orgId) ?? []) {
        if (!stillAllowed(live, snapshot)) live.exchange.cut("no_longer_allowed");
      }
    },
    cutAll(reason) {
      for (const calls of byOrg.values()) for (const { exchange } of calls) exchange.cut(reason);
    },
    size: () => size,
    oldestOpen() {
      let oldest = lowestIdAt(deps.now() - ARRIVAL_MARGIN_MS);
      for (const id of open) if (id < oldest) oldest = id;
      return oldest;
    },
  };
}
