/** Moments in words. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_RELATIVE = 7 * DAY;

/** `just now`, `4 min ago`, `in 3 d`; further away the day, with the year where it is another one. */
export function formatRelative(moment: Date, nowMs: number): string {
  const ms = nowMs - moment.getTime();
  const distance = Math.abs(ms);
  if (distance >= MOST_RELATIVE) return formatDay(moment, nowMs);
  if (distance < 10 * SECOND) return "just now";
  const [unit, name] = unitOf(distance);
  const amount = `${Math.floor(distance / unit)} ${name}`;
  return ms >= 0 ? `${amount} ago` : `in ${amount}`;
}

function unitOf(distance: number): readonly [number, string] {
  if (distance < MINUTE) return [SECOND, "s"];
  if (distance < HOUR) return [MINUTE, "min"];
  return distance < DAY ? [HOUR, "h"] : [DAY, "d"];
}

function formatDay(moment: Date, nowMs: number): string {
  const isThisYear = moment.getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(!isThisYear && { year: "numeric" }),
  }).format(moment);
}

/** To the second, in the reader's own time zone unless another is named. */
export function formatExact(moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "long",
    ...(timeZone !== undefined && { timeZone }),
  }).format(moment);
}
