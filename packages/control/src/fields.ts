/** The fields that verbs take and give, each described once: for the parser, the types and the API's description. */
import type { Json } from "@yolo/core/action";
import { decodeId, encodeId, ID_PREFIXES, type IdKind } from "@yolo/core/ids";
import { z } from "zod";

/** Text that Postgres can hold and a line can show: well-formed Unicode without control characters. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;
const SLUG = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LONGEST_SLUG = 63;

/** An id as sent from outside, as the UUID it holds. Anything else names nothing: `not_found`. */
export function idField(kind: IdKind) {
  return z
    .string()
    .transform((text) => decodeId(kind, text))
    .meta({ examples: [exampleId(kind)] });
}

/** An id as given outside. */
export function shownId(kind: IdKind) {
  return z
    .string()
    .regex(new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-f]{32}$`))
    .meta({ examples: [exampleId(kind)] });
}

/** A display name: one line, 1–100 characters, trimmed. */
export function nameField() {
  return line(100).meta({ description: "A name for people: one line, at most 100 characters." });
}

/** One line of 1 to `longest` characters, trimmed. */
export function line(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(ONE_LINE, "must be one line without control characters");
}

/** A name for programs: `a-z`, `0-9` and `-` inside, at most 63 characters (RFC 1035 §2.3.4: one DNS label). */
export function slugField() {
  return z
    .string()
    .max(LONGEST_SLUG)
    .regex(SLUG, "must be a-z, 0-9 and - (not at the ends)")
    .meta({ description: "Lower-case letters, digits and inner hyphens, at most 63." });
}

/** A moment sent from outside: RFC 3339 with an offset. */
export function momentField() {
  return z.iso.datetime({ offset: true }).transform((text) => new Date(text));
}

/** A moment given outside: RFC 3339 in UTC. */
export function shownMoment() {
  return z.iso.datetime();
}

const json = z.json();

/** Any JSON value; described as anything, since it may hold itself. */
export function jsonField() {
  return z.custom<Json>((value) => json.safeParse(value).success, "must be JSON");
}

/** A page is at most this long; `preset` where nothing is said. */
export function limitField(preset = 50) {
  return z.coerce.number().int().min(1).max(200).default(preset);
}

/** A stored moment as given outside; null stays null. */
export function showMoment(moment: Date): string;
export function showMoment(moment: Date | null): string | null;
export function showMoment(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}

function exampleId(kind: IdKind): string {
  return encodeId(kind, "01931e5c-8a00-7000-8000-000000000001");
}
