/** LISTEN on a connection of its own. What is sent while it is lost is missed: `onListening` says when to look. */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

export interface Listener {
  readonly channel: string;
  onPayload(payload: string): void;
  /** Listening has begun, for the first time or again. */
  onListening(): void;
}

export interface Subscription {
  unlisten(): Promise<void>;
}

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 2_000;

/** Resolves when it listens. Throws when the first connection fails; a later one is opened again until it holds. */
export async function listen(config: pg.ClientConfig, listener: Listener): Promise<Subscription> {
  const stopping = new AbortController();
  let client = await open();

  async function open(): Promise<pg.Client> {
    const opening = new pg.Client(config);
    opening.on("error", () => undefined);
    opening.on("notification", ({ payload = "" }) => listener.onPayload(payload));
    try {
      await opening.connect();
      await opening.query(`LISTEN ${pg.escapeIdentifier(listener.channel)}`);
    } catch (error) {
      await opening.end();
      throw error;
    }
    opening.once("end", () => void reopen());
    listener.onListening();
    return opening;
  }

  async function reopen(): Promise<void> {
    for (let waitMs = RETRY_FIRST_MS; !stopping.signal.aborted; waitMs *= 2) {
      try {
        client = await open();
        if (stopping.signal.aborted) await client.end();
        return;
      } catch {
        const ms = Math.min(waitMs, RETRY_MAX_MS);
        await delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async unlisten() {
      stopping.abort();
      await client.end();
    },
  };
}
