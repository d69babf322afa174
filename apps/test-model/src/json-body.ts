/** Reads a request's JSON body whole, never more than the Anthropic API takes. */
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";

/** The Anthropic API's limit for one request. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The parsed body. Throws 413 past the limit and 400 for anything that is not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = (await readBody(request)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(400, `The request body is not valid JSON: ${reason}`);
  }
}

/** Stops reading at the limit but leaves the connection whole, so that the 413 can still be sent. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= MAX_BODY_BYTES) return;
      request.removeAllListeners("data").pause();
      reject(tooLarge());
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

function tooLarge(): ApiError {
  const message = `Request exceeds the maximum size of ${MAX_BODY_BYTES} bytes`;
  return new ApiError(413, message, { connection: "close" });
}
