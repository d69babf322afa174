/** A run as lanes over one clock: the agent's own strand, and one for each of its sub-agents. */
import type { RunEvent } from "./use-run.ts";

export interface Placed {
  readonly event: RunEvent;
  /** Index of its lane; 0 is the agent's own. */
  readonly lane: number;
  /** Milliseconds since the first event began. */
  readonly sinceStartMs: number;
  /** Milliseconds in which nothing was under way before it; 0 where calls overlap. */
  readonly gapMs: number;
}

export interface Lanes {
  /** By index: null is the agent itself. */
  readonly names: readonly (string | null)[];
  readonly events: readonly Placed[];
}

/** Places events that are in order. */
export function lanesOf(events: readonly RunEvent[]): Lanes {
  const names: (string | null)[] = [null];
  const start = Date.parse(events[0]?.at ?? "");
  let busyUntil = start;
  const placed = events.map((event) => {
    let lane = names.indexOf(event.subagent);
    if (lane === -1) lane = names.push(event.subagent) - 1;
    const at = Date.parse(event.at);
    const gapMs = Math.max(0, at - busyUntil);
    busyUntil = Math.max(busyUntil, at, Date.parse(event.outcome?.at ?? event.at));
    return { event, lane, sinceStartMs: at - start, gapMs };
  });
  return { names, events: placed };
}
