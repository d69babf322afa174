/** What is in it? The body is read and parsed once; secrets in it are replaced before anybody else sees it. */
import type { IncomingMessage } from "node:http";
import { AppError } from "@yolo/core/errors";
import type { Finding } from "@yolo/core/finding";
import { type JsonDocument, readJson } from "@yolo/inspect/json";
import { redactJson } from "@yolo/inspect/redact";
import type { RequestHead } from "../exchange.ts";

const BODY_BYTES_MAX = 32 * 1024 * 1024;

export interface Inspected {
  /** As it will be sent on: the received bytes, unless a secret was replaced in them. */
  readonly bytes: Buffer;
  /** The same bytes, read; null when there is no body. */
  readonly document: JsonDocument | null;
  readonly findings: readonly Finding[];
  readonly receivedBytes: number;
}

/** Lists whose elements surfaces look at one by one: found in the same pass over the bytes. */
const WATCHED = ["messages", "tools", "mcp_servers"];

const NO_BYTES = Buffer.alloc(0);

/** Throws `malformed_request` or `body_too_large`. */
export async function inspect(head: RequestHead, request: IncomingMessage): Promise<Inspected> {
  const received = await readBody(head, request);
  if (received.length === 0) {
    return { bytes: NO_BYTES, document: null, findings: [], receivedBytes: 0 };
  }
  const document = readJson(received, WATCHED);
  const { bytes, findings } = redactJson(received, document);
  return {
    bytes,
    document: bytes === received ? document : readJson(bytes, WATCHED),
    findings,
    receivedBytes: received.length,
  };
}

function readBody(head: RequestHead, request: IncomingMessage): Promise<Buffer> {
  const declared = Number(head.headers["content-length"] ?? 0);
  if (declared > BODY_BYTES_MAX) return Promise.reject(tooLarge());
  const encoding = head.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return Promise.reject(
      new AppError("malformed_request", {
        message: `The body is encoded as ${encoding}; send it without content-encoding.`,
      }),
    );
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > BODY_BYTES_MAX) {
        request.removeAllListeners("data");
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.on("end", () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length));
    });
    request.on("close", () => {
      if (request.complete) return;
      reject(new AppError("malformed_request", { message: "The body broke off before its end." }));
    });
  });
}

function tooLarge(): AppError {
  return new AppError("body_too_large", {
    message: `The body is larger than ${BODY_BYTES_MAX / 1024 / 1024} MB.`,
  });
}
