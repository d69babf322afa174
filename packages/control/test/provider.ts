/** A model provider on loopback: accepts the keys it is told to, and remembers what it was asked. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface Provider extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** The keys it was called with, in order; null for a call without. */
  readonly keys: (string | null)[];
  /** The keys that it accepts. */
  readonly accepted: Set<string>;
}

export async function startProvider(listener?: RequestListener): Promise<Provider> {
  const keys: (string | null)[] = [];
  const accepted = new Set<string>();
  const server = createServer((request, response) => {
    const key = request.headers["x-api-key"];
    keys.push(typeof key === "string" ? key : null);
    if (listener !== undefined) {
      listener(request, response);
      return;
    }
    const isAccepted = typeof key === "string" && accepted.has(key);
    response
      .writeHead(isAccepted ? 200 : 401, { "content-type": "application/json" })
      .end(isAccepted ? '{"data":[],"has_more":false}' : '{"type":"error"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    ...{ url: `http://127.0.0.1:${port}`, keys, accepted },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
