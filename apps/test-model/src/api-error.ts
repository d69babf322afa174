/** Errors in the words of the Anthropic API: a status, a type, a message. */

/** Status → error type, as the Anthropic API documents them. */
export const ERROR_TYPES = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  405: "invalid_request_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  503: "api_error",
  504: "timeout_error",
  529: "overloaded_error",
} as const;
export type ErrorStatus = keyof typeof ERROR_TYPES;

export class ApiError extends Error {
  readonly status: ErrorStatus;
  /** Header names and values that go with the answer, for example `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ErrorStatus,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.headers = headers;
  }
}

/** The JSON body of an error answer. */
export function errorBody(error: ApiError, requestId: string) {
  return {
    type: "error",
    error: { type: ERROR_TYPES[error.status], message: error.message },
    request_id: requestId,
  } as const;
}
