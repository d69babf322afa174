/** The ways in which an upstream fails, each as a reply of the fake upstream. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Reply, UpstreamExchange } from "./upstream-exchange.ts";

/** Resets the connection once the body is read, before a byte of the answer. */
export function resetBeforeHead(): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.reset();
  };
}

/** Answers as `reply` does, and resets the connection when its body has reached so many bytes. */
export function resetAfter(bytes: number, reply: Reply): Reply {
  return (exchange) => reply(breaking(exchange, bytes, () => exchange.reset()));
}

/** Answers as `reply` does, and says nothing more when its body has reached so many bytes. */
export function stallAfter(bytes: number, reply: Reply): Reply {
  return (exchange) => reply(breaking(exchange, bytes, () => undefined));
}

/** Reads the body and never answers. */
export function stall(): Reply {
  return async (exchange) => {
    await exchange.readBody();
  };
}

/** Reads so many bytes of the body and no more until `release`, then the rest, then answers. */
export function readSlowly(bytes: number, release: Promise<void>, reply: Reply): Reply {
  return async (exchange) => {
    const chunks: Buffer[] = [];
    for await (const chunk of exchange.bodyChunks()) {
      chunks.push(chunk);
      if (exchange.request.bytesRead >= bytes) await release;
    }
    await reply({ ...exchange, readBody: async () => Buffer.concat(chunks) });
  };
}

/** Answers before it has read the body, which it then never reads. */
export function answerUnread(status: number, body: string): Reply {
  return (exchange) => {
    exchange.sendHead(status, { "content-length": Buffer.byteLength(body) });
    exchange.end(body);
  };
}

/** Sends these bytes as they are in place of an answer, then closes: for heads that are not HTTP. */
export function rawReply(bytes: Buffer | string): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.socket.end(bytes);
  };
}

/** A 200 whose head has so many bytes of headers beyond the usual ones. */
export function oversizedHead(bytes: number): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.sendHead(200, { "x-padding": "x".repeat(bytes), "content-length": 0 });
    exchange.end();
  };
}

/** A 200 with a body of so many bytes without a known length; each chunk waits until the reader has room. */
export function oversizedBody(bytes: number): Reply {
  return async (exchange) => {
    await exchange.readBody();
    exchange.sendHead(200, { "content-type": "application/octet-stream" });
    const chunk = randomBytes(64 * 1024);
    for (let left = bytes; left > 0; left -= chunk.length) {
      await exchange.write(chunk.subarray(0, Math.min(left, chunk.length)));
    }
    exchange.end();
  };
}

/** The exchange, with `breakOff` called when so many bytes of the answer's body have left, and silence after. */
function breaking(
  exchange: UpstreamExchange,
  bytes: number,
  breakOff: () => void,
): UpstreamExchange {
  let left = bytes;
  async function write(chunk: Buffer | string): Promise<void> {
    const part = Buffer.from(chunk).subarray(0, left);
    left -= part.length;
    if (part.length > 0) await exchange.write(part);
    if (left > 0) return;
    await flushed(exchange);
    breakOff();
    if (!exchange.signal.aborted) await once(exchange.signal, "abort");
    exchange.signal.throwIfAborted();
  }
  return {
    ...exchange,
    write,
    end(chunk = "") {
      write(chunk).then(
        () => exchange.end(),
        () => exchange.socket.destroy(),
      );
    },
  };
}

/** Resolves when the kernel has all that was written. */
function flushed({ socket }: UpstreamExchange): Promise<void> {
  return new Promise((resolve) => socket.write("", () => resolve()));
}
