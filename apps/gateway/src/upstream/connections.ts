/** Pooled connections, one pool per (org, origin): what one tenant's upstream does never touches another's. */

import { lookup } from "node:dns";
import { guardedLookup, isAllowedOrigin, type Resolve } from "@yolo/core/address-guard";
import { AppError } from "@yolo/core/errors";
import { type Dispatcher, Pool } from "undici";

export interface ConnectionsOptions {
  /** Origin of the built-in test provider. */
  readonly testModelOrigin: string;
  /** Local mode: the test provider may live on loopback. */
  readonly localMode: boolean;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
}

export interface Connections {
  /** Throws `upstream_refused_address` for an origin that may not be dialled. */
  dispatcherFor(orgId: string, origin: string): Dispatcher;
  close(): Promise<void>;
}

const POOLS_MAX = 2_000;
const CONNECTIONS_PER_ORIGIN = 256;
const CONNECT_TIMEOUT_MS = 10_000;
/** A model may think for minutes before its first byte when it does not stream. */
const HEADERS_TIMEOUT_MS = 600_000;
/** Providers ping every few seconds; five minutes of silence is a dead stream. */
const BODY_TIMEOUT_MS = 300_000;
const KEEP_ALIVE_MS = 30_000;

export function createConnections(options: ConnectionsOptions): Connections {
  const pools = new Map<string, Pool>();
  const loopbackOrigin = options.localMode ? options.testModelOrigin : null;

  function open(origin: string): Pool {
    const isTestModel = origin === loopbackOrigin;
    return new Pool(origin, {
      connections: CONNECTIONS_PER_ORIGIN,
      pipelining: 1,
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: BODY_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: {
        timeout: CONNECT_TIMEOUT_MS,
        ...(isTestModel ? {} : { lookup: guardedLookup(options.resolve ?? lookup) }),
      },
    });
  }

  return {
    dispatcherFor(orgId, origin) {
      const name = `${orgId} ${origin}`;
      const held = pools.get(name);
      if (held !== undefined) return held;
      if (!isAllowedOrigin(new URL(origin), loopbackOrigin)) {
        throw new AppError("upstream_refused_address", {
          message:
            "The connector's address is not one that calls may go to: use https and a public host.",
          detail: origin,
        });
      }
      const [oldest] = pools.keys();
      if (pools.size >= POOLS_MAX && oldest !== undefined) {
        void pools.get(oldest)?.close();
        pools.delete(oldest);
      }
      const pool = open(origin);
      pools.set(name, pool);
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
