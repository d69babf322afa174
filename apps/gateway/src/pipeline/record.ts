/** How did it end? Writes the outcome of an admitted call; nobody waits for it. */
import { bareOutcome, isCountable, type Outcome, type Usage } from "@yolo/ledger/outcome";
import { PRICE_TABLE, priceOf } from "@yolo/ledger/price";
import { seal } from "@yolo/store/vault";
import type { Exchange } from "../exchange.ts";
import type { Relayed } from "../upstream/relay.ts";
import type { Admitted } from "./admit.ts";

/** What a surface reports of a forwarded call. */
export interface Forwarded {
  readonly relayed: Relayed;
  /** Null where the action has no usage, or nothing could be told about it. */
  readonly usage: Usage | null;
  readonly upstreamRequestId: string | null;
  /** What the record's payload keeps of the reply, secrets already replaced; null when nothing is kept. */
  readonly captured: Uint8Array | null;
}

/** The outcome of a call that was admitted, as it is written. */
export function outcomeOf(
  admitted: Admitted,
  exchange: Exchange,
  forwarded: Forwarded,
  now: number,
): Outcome {
  const { relayed } = forwarded;
  const usage = forwarded.usage !== null && isCountable(forwarded.usage) ? forwarded.usage : null;
  const { snapshot } = admitted.identified;
  const cost = usage === null ? null : priceOf(admitted.call.provider, usage, now);
  const captured = forwarded.captured ?? new Uint8Array();
  return {
    org: snapshot.orgId,
    id: exchange.recordId,
    outcome: relayed.outcome,
    status: relayed.status,
    error: relayed.error?.code ?? exchange.cutReason,
    latencyMs: Math.round(performance.now() - exchange.startedAtMs),
    firstByteMs: relayed.firstByteMs === null ? null : Math.round(relayed.firstByteMs),
    responseBytes: relayed.responseBytes,
    model: usage?.model ?? null,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    cacheReadTokens: usage?.cacheReadTokens ?? null,
    cacheWriteTokens: usage?.cacheWriteTokens ?? null,
    metering: usage?.metering ?? null,
    costMicros: cost?.toString() ?? null,
    priceTable: cost === null ? null : PRICE_TABLE,
    upstreamRequestId: forwarded.upstreamRequestId,
    payload:
      captured.length === 0
        ? null
        : seal(snapshot.dataKeys[0], { use: "reply", row: exchange.recordId }, captured),
  };
}

/** The outcome of an intent whose call was never sent. */
export function notSent(org: string, id: string, error: string): Outcome {
  return { ...bareOutcome(org, id, "not_sent"), error };
}
