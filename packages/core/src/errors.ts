/**
 * The closed catalogue of what can go wrong. A failure is a thrown `AppError(code)`; a decision is not a failure.
 * `docs/errors.md` has one section per code, and a test holds the two together.
 */

/** Code → HTTP status. The code is stable and part of the public contract. */
export const ERRORS = {
  // who is calling
  missing_key: 401,
  invalid_key: 401,
  conflicting_credentials: 401,
  not_signed_in: 401,
  sign_in_failed: 401,
  // what is asked
  malformed_request: 400,
  duplicate_header: 400,
  method_not_allowed: 405,
  not_found: 404,
  request_timeout: 408,
  body_too_large: 413,
  headers_too_large: 431,
  conflict: 409,
  invalid_input: 422,
  idempotency_key_reused: 422,
  policy_invalid: 422,
  // what is refused
  denied: 403,
  approval_needed: 403,
  forbidden: 403,
  cross_site: 403,
  link_ended: 410,
  no_connector: 403,
  rate_limited: 429,
  // what failed
  policy_unavailable: 503,
  record_unavailable: 503,
  shutting_down: 503,
  overloaded: 503,
  unavailable: 503,
  upstream_unreachable: 502,
  upstream_refused_address: 502,
  upstream_timeout: 504,
  internal_error: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** May reach the caller: says what is wrong and what to do next. */
  readonly message: string;
  /** For logs only; never reaches the caller. */
  readonly detail?: string;
  /** Facts for the caller's program, for example `{ line: 3 }`. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly facts: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.status = ERRORS[code];
    this.detail = details.detail;
    this.facts = details.facts;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** Any thrown value as an `AppError`; what is not one already becomes `internal_error` and shows nothing of itself. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError("internal_error", {
    message: "Something failed on our side. The request id finds it in our logs.",
    detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    cause: thrown,
  });
}
