/** The requests of this process, each from its head until its response has ended: what going away waits for. */
import type { Socket } from "node:net";
import type { Exchange } from "./exchange.ts";
import { Roster } from "./roster.ts";

export interface Arrivals {
  /** False: an earlier response closes this connection, so that nothing after it is a request any more. */
  enter(exchange: Exchange): boolean;
  size(): number;
  /** A response is due or under way on this connection: bytes of ours would stand in the midst of it. */
  isAnswering(connection: Socket): boolean;
  /** Every response that has not begun will close its connection. */
  closeConnections(): void;
}

export function createArrivals(): Arrivals {
  const present = new Roster<Exchange>();
  const byConnection = new WeakMap<Socket, Exchange[]>();

  return {
    enter(exchange) {
      const { socket } = exchange.request;
      const here = byConnection.get(socket) ?? [];
      byConnection.set(socket, here);
      for (const { response } of here) if (!response.shouldKeepAlive) return false;
      here.push(exchange);
      present.add(exchange);
      exchange.response.once("close", () => {
        present.delete(exchange);
        // What closes its connection stays here, and keeps everything behind it from becoming a request.
        if (exchange.response.shouldKeepAlive) here.splice(here.indexOf(exchange), 1);
      });
      return true;
    },
    size: () => present.size,
    isAnswering(connection) {
      for (const { request, response } of byConnection.get(connection) ?? []) {
        if (response.headersSent || request.complete) return true;
      }
      return false;
    },
    closeConnections() {
      for (const { response } of present) {
        if (!response.headersSent) response.shouldKeepAlive = false;
      }
    },
  };
}
