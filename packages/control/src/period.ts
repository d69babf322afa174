/** The fields `since` and `until` of lists: a moment, or how long ago. */
import { z } from "zod";

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const AGO = /^(\d{1,4})([mhd])$/;

/** `24h`, `7d`, `30m` before now, or RFC 3339 with an offset. */
export function pastField() {
  return z
    .string()
    .transform((text, context) => {
      const ago = agoOf(text);
      if (ago !== undefined) return { ago };
      const moment = z.iso.datetime({ offset: true }).safeParse(text);
      if (moment.success) return { moment: new Date(text) };
      context.addIssue("must be like 30m, 24h or 7d, or a moment like 2026-11-22T09:00:00Z");
      return z.NEVER;
    })
    .meta({ description: "How long ago (30m, 24h, 7d), or a moment.", examples: ["24h"] });
}

type Past = z.output<ReturnType<typeof pastField>>;

/** The moment itself; undefined where none was asked. */
export function momentOf(past: Past | undefined, now: number): Date | undefined {
  if (past === undefined) return undefined;
  return past.moment ?? new Date(now - past.ago);
}

function agoOf(text: string): number | undefined {
  const [, count, unit] = AGO.exec(text) ?? [];
  if (unit !== "m" && unit !== "h" && unit !== "d") return undefined;
  return Number(count) * UNITS[unit];
}
