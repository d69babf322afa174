/** A wire to a server that can be severed for the client alone: the server goes on as if nothing had happened. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface SeveringProxy extends AsyncDisposable {
  /** The server's URL by way of this proxy. */
  readonly url: string;
  /** Resets every client; what the server was told before, it still does. */
  sever(): void;
  /** Later clients are turned away, until `accept`. */
  refuse(): void;
  accept(): void;
  /** From now on nothing passes to the clients that are connected, and nobody is told. Later ones hear. */
  mute(): void;
  /** Resets each later client in place of the server's n-th packet to it; 0: no more. */
  severAtPacket(number: number): void;
}

export async function startSeveringProxy(serverUrl: string): Promise<SeveringProxy> {
  const target = new URL(serverUrl);
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const muted = new Set<Socket>();
  let severedPacket = 0;
  let isRefusing = false;
  const server = createServer((client) => {
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    clients.add(client);
    upstreams.add(upstream);
    client.on("error", () => client.destroy()).on("data", (bytes) => upstream.write(bytes));
    let packets = 0;
    upstream
      .on("error", () => upstream.destroy())
      .on("data", (bytes) => {
        if (muted.has(client)) return;
        packets += 1;
        if (packets === severedPacket) client.resetAndDestroy();
        else client.write(bytes);
      })
      .on("end", () => client.end());
    client.on("end", () => upstream.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    sever() {
      for (const client of clients) client.resetAndDestroy();
      clients.clear();
    },
    refuse() {
      isRefusing = true;
    },
    accept() {
      isRefusing = false;
    },
    mute() {
      for (const client of clients) muted.add(client);
    },
    severAtPacket(number) {
      severedPacket = number;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...clients, ...upstreams]) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
