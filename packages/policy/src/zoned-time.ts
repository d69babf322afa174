/** A moment's calendar fields in a time zone, the same on every machine whatever its own zone. */

/** `+02:00`, `-05:30`: an offset that needs no zone. */
const OFFSET = /^([+-])(\d\d):(\d\d)$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether `zone` is `UTC`, an offset such as `+02:00` or an IANA name such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  if (OFFSET.test(zone)) return true;
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** A date whose UTC fields are the fields of `epochMs` in `zone`. Throws where the zone does not exist. */
export function zonedTime(epochMs: number, zone: string | undefined): Date {
  if (zone === undefined) return new Date(epochMs);
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (sign !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return new Date(epochMs + (sign === "-" ? -offset : offset));
  }
  const fields = new Map(
    formatOf(zone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => fields.get(name) ?? 0;
  return new Date(
    Date.UTC(
      field("year"),
      field("month") - 1,
      field("day"),
      field("hour"),
      field("minute"),
      field("second"),
    ),
  );
}

/** Zones are written in policies, as texts: there are as many formats as zones that exist. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    hourCycle: "h23",
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}
