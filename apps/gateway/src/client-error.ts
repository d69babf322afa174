/** What never became a request still gets a clean answer, in the shape every client of ours reads. */
import type { Socket } from "node:net";
import { AppError, type ErrorCode } from "@yolo/core/errors";
import { HEADERS_TOO_LARGE } from "./strict-http.ts";
import { errorTypeOf } from "./surfaces/llm/refusal.ts";

const PARSER_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ["headers_too_large", HEADERS_TOO_LARGE],
  ERR_HTTP_REQUEST_TIMEOUT: ["request_timeout", "The request was not complete in time."],
};
const OTHER = ["malformed_request", "This is not a well-formed HTTP request."] as const;

/** How long a client may take to read the answer before its connection is dropped. */
const LINGER_MS = 1_000;

/** Answers a parser's error and closes. */
export function answerClientError(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (cause.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, message] = PARSER_ERRORS[cause.code ?? ""] ?? OTHER;
  endWith(socket, code, message);
}

/** Writes one whole answer and closes, at once when the client does and soon in any case. */
export function endWith(socket: Socket, code: ErrorCode, message: string): void {
  const { status } = new AppError(code, { message });
  const body = JSON.stringify({
    type: "error",
    error: { type: errorTypeOf(code, status), message },
  });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\nx-yolo-error: ${code}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer));
  // What is still being sent is read and dropped: unread, it would reset the connection under the answer.
  socket.resume();
}
