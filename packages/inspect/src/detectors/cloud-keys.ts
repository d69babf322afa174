/** AWS access keys: the id is recognised by its form, the secret half only by its company. */
import { type Detector, high, rawToken, TOKEN_END, TOKEN_START } from "./detector.ts";

const RAW_ID = rawToken("A[KS]IA");
/** A key id, or a name and soon what may be a value: letters and digits without a break, or escapes among them. */
const RAW_ID_OR_NAME = /A[KS]IA[A-Z0-9]{16}|[ts]{1,2}_?key[^A-Za-z].{0,24}?[A-Za-z0-9/+\\]{20}/isy;
const RAW_TOKEN_NAME = /n_?token[^A-Za-z].{0,24}?[A-Za-z0-9/+\\]{20}/isy;
const ID = "A(?:KIA|SIA)[A-Z0-9]{16}";
const KEY_ID = new RegExp(`${TOKEN_START}${ID}${TOKEN_END}`, "g");
const SECRET_CHARACTER = "[A-Za-z0-9/+]";
/** How far from its id a secret may stand, in characters. */
const NEARBY = 120;
/** The name that a secret was given, up to where the secret starts. */
const NAMED_SECRET = /secret_?(?:access_?)?key["'\\\s:=>]{1,12}$/i;
const LONGEST_NAME = 40;

export const CLOUD_DETECTORS: readonly Detector[] = [
  {
    type: "aws_access_key",
    grams: ["AKIA", "ASIA"],
    raw: RAW_ID,
    pattern: KEY_ID,
    severity: high,
  },
  {
    type: "aws_secret_key",
    grams: ["AKIA", "ASIA", "s_ke", "ssKe", "sske", "SS_K", "t_ke", "tKey", "tkey", "T_KE"],
    raw: RAW_ID_OR_NAME,
    pattern: new RegExp(
      `(?:(?<![A-Za-z0-9/+])|(?<=\\\\[bfnrt]))${SECRET_CHARACTER}{40}(?![A-Za-z0-9/+=])`,
      "g",
    ),
    accepts: standsByItsId,
    severity: high,
  },
  {
    type: "aws_session_token",
    grams: ["n_to", "nTok", "ntok", "N_TO"],
    raw: RAW_TOKEN_NAME,
    pattern: new RegExp(
      `(?<=session_?token["'\\\\\\s:=>]{1,12})${SECRET_CHARACTER}{100,4096}={0,2}`,
      "gi",
    ),
    severity: high,
  },
];

/** Forty such characters alone may be a hash or a path: they count where a name or a key id beside them says so. */
function standsByItsId(text: string, start: number, end: number): boolean {
  const candidate = text.slice(start, end);
  if (!(/[A-Z]/.test(candidate) && /[a-z]/.test(candidate) && /[0-9]/.test(candidate)))
    return false;
  if (NAMED_SECRET.test(text.slice(Math.max(0, start - LONGEST_NAME), start))) return true;
  const around = text.slice(Math.max(0, start - NEARBY), end + NEARBY);
  return around.search(KEY_ID) !== -1;
}
