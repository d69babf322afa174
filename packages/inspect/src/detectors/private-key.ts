/** Private keys in PEM (RFC 7468) and OpenPGP armor, whole or cut off before their end. */
import { type Detector, high } from "./detector.ts";

const LABEL = "(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?";
/** Between lines: whitespace, or the escapes of it in nested text. */
const GAP = "(?:[ \\t\\r\\n]|\\\\[rn]){0,6}";
const HEADER = `(?:${GAP}[A-Za-z-]{4,20}: [^"\\r\\n\\\\]{1,100}){0,8}`;
const LINES = `(?:${GAP}[A-Za-z0-9+/]{16,128}={0,2}){1,400}`;
const FOOTER = `(?:(?:${GAP}[A-Za-z0-9+/=]{1,128}){0,2}${GAP}-----END ${LABEL}-----)?`;

export const PRIVATE_KEY_DETECTORS: readonly Detector[] = [
  {
    type: "private_key",
    grams: ["Y---", "CK--"],
    raw: /(?:Y|CK)-----/y,
    pattern: new RegExp(`-----BEGIN ${LABEL}-----${HEADER}${LINES}${FOOTER}`, "g"),
    severity: high,
  },
];
