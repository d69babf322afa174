/** An org as given outside. */
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import type { Scope } from "../verb.ts";

export const Org = z.strictObject({
  id: shownId("org"),
  slug: z.string(),
  name: z.string(),
  /** IANA name, for calendar windows. */
  timeZone: z.string(),
  createdAt: shownMoment(),
});

export async function showOrg({ transaction, orgId }: Scope): Promise<z.output<typeof Org>> {
  const org = await transaction.org.findUniqueOrThrow({ where: { id: orgId } });
  const settings = await transaction.settings.findUniqueOrThrow({ where: { orgId } });
  return {
    ...{ id: encodeId("org", orgId), slug: org.slug, name: org.name },
    timeZone: settings.timeZone,
    createdAt: showMoment(org.createdAt),
  };
}

/** A time zone's name: offsets such as `+01:00` have no daylight saving and are refused. */
export function timeZoneField() {
  return z.string().max(64).refine(isTimeZone, "must be a time zone's IANA name");
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
