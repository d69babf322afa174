/** The one way to refuse bytes that are not the JSON we accept: says where and what, never quotes the bytes. */
import { AppError } from "@yolo/core/errors";

/** `malformed_request` for the byte at `offset` (from 0; lines count from 1). */
export function malformed(bytes: Buffer, offset: number, what: string): AppError {
  const line = countLines(bytes, offset);
  return new AppError("malformed_request", {
    message: `The body is not JSON we can accept: ${what} (byte ${offset}, line ${line}).`,
    facts: { offset, line },
  });
}

function countLines(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
  }
  return line;
}
