/** What on the org's records and settings wants a person's eye, said in one line each. */
import type { Output } from "../../data/api.ts";

export interface Attention {
  readonly id: string;
  readonly text: string;
  /** Where it is looked at or put right; below the org's address. */
  readonly path: string;
  readonly tone: "warn" | "bad" | "info";
}

const WEEK_MS = 7 * 86_400_000;

/** Keys that end within a week and that nothing has taken over from. */
export function endingKeys(
  { data }: Output<"GET /agent-keys">,
  nowMs: number,
): readonly Attention[] {
  const replaced = new Set(data.map(({ rotatedFrom }) => rotatedFrom));
  return data.flatMap(({ id, agentId, name, lastFour, expiresAt, revokedAt }) => {
    if (expiresAt === null || revokedAt !== null || replaced.has(id)) return [];
    const left = Date.parse(expiresAt) - nowMs;
    if (left <= 0 || left > WEEK_MS) return [];
    const days = Math.floor(left / 86_400_000);
    const when = days === 0 ? "today" : days === 1 ? "in one day" : `in ${days} days`;
    const which = name === null ? `…${lastFour}` : `${name} …${lastFour}`;
    return [
      { id, text: `The key ${which} ends ${when}`, path: `/agents/${agentId}`, tone: "warn" },
    ];
  });
}

/** Starters that will be enforced by themselves. */
export function trials({ data }: Output<"GET /policies">, nowMs: number): readonly Attention[] {
  return data.flatMap(({ id, name, trialEndsAt }) => {
    if (trialEndsAt === null) return [];
    const hours = Math.max(0, Math.round((Date.parse(trialEndsAt) - nowMs) / 3_600_000));
    const text = `Policy ${name} only watches; it is enforced in ${hours} h`;
    return [{ id, text, path: `/policies/${id}`, tone: "info" }];
  });
}

/** `12 calls`, `1 call`, `more than 10,000 calls`. */
export function someCalls({ total, isExact }: Output<"GET /records/counts">): string {
  const count = new Intl.NumberFormat("en-US").format(total);
  if (!isExact) return `more than ${count} calls`;
  return `${count} ${total === 1 ? "call" : "calls"}`;
}

/** What is left to do after signing up; nothing once it is done or was put away. */
export function firstSteps(steps: Output<"GET /onboarding/steps">): readonly Attention[] {
  const { dismissed, ...each } = steps;
  const all = Object.values(each);
  const done = all.filter(Boolean).length;
  if (dismissed || done === all.length) return [];
  const text = `First steps: ${done} of ${all.length} done`;
  return [{ id: "steps", text, path: "/start", tone: "info" }];
}
