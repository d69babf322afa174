/** Why a call left no record, as far as its head and its error tell. */
import type { ErrorCode } from "@yolo/core/errors";
import { TOKEN_PREFIXES, tokenKind } from "@yolo/core/token-form";
import type { UNRECORDED_REASONS, UnrecordedCall } from "@yolo/store/unrecorded-calls";
import type { RequestHead } from "../exchange.ts";

export type Reason = (typeof UNRECORDED_REASONS)[number];

/** The errors after which there is no record; of `invalid_key` the directory knows more. */
const REASONS: { readonly [code in ErrorCode]?: Reason } = {
  missing_key: "no_key",
  invalid_key: "unknown_key",
  conflicting_credentials: "conflicting_keys",
  not_found: "unsupported_path",
  method_not_allowed: "unsupported_method",
  malformed_request: "unreadable",
  duplicate_header: "unreadable",
  body_too_large: "unreadable",
  headers_too_large: "unreadable",
  request_timeout: "unreadable",
  policy_unavailable: "no_policy",
};

export interface Carried {
  /** The agent key as sent; null where none came, or more than one. */
  readonly token: string | null;
  /** Something else came where a key should be. */
  readonly other: "member_token" | "not_an_agent_key" | null;
}

/** What stands where an agent key may stand. */
export function readCarried({ headers }: RequestHead): Carried {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  const sent = [headers["x-yolo-key"], headers["x-api-key"], bearer].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
  const keys = new Set(sent.map((text) => text.trim()).filter((text) => text.startsWith("ylg_")));
  const [token] = keys;
  if (token !== undefined) return { token: keys.size === 1 ? token : null, other: null };
  if (sent.some((text) => text.startsWith(TOKEN_PREFIXES.member))) {
    return { token: null, other: "member_token" };
  }
  return { token: null, other: sent.length > 0 ? "not_an_agent_key" : null };
}

/** Null: such a call has a record, or nothing that its org's people could mend. */
export function whyUnrecorded(code: ErrorCode, carried: Carried): Reason | null {
  const reason = REASONS[code] ?? null;
  if (reason === "no_key") {
    // With a key at hand it is the developer's own credential that is missing, and that is on record.
    return carried.token === null ? (carried.other ?? "no_key") : null;
  }
  if (reason === "unknown_key" && carried.token !== null && tokenKind(carried.token) === null) {
    return "mistyped_key";
  }
  return reason;
}

const LAST = 4;

/** What may be kept of a key: enough to recognise it, nothing to use it. */
export function describeKey(token: string, id: string | null): UnrecordedCall["key"] {
  const prefixes = [TOKEN_PREFIXES.live, TOKEN_PREFIXES.test];
  const prefix = prefixes.find((one) => token.startsWith(one)) ?? "ylg_";
  const isLong = token.length >= prefix.length + 5 * LAST;
  return {
    ...{ prefix, id },
    lastFour: isLong ? token.slice(-LAST) : null,
    isWellFormed: tokenKind(token) !== null,
  };
}

const TEXT_MAX = 200;
const SECRET = /(ylg_|ylt_|sk-)[^\s&/]*/g;

/** A stranger's text, made bearable: short, visible, and without what looks like a key. */
export function bearable(text: string): string {
  return text
    .replaceAll(SECRET, "$1…")
    .replaceAll(/[^\x20-\x7e…]/g, "?")
    .slice(0, TEXT_MAX);
}
