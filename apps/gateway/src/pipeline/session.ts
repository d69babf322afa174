/** Which run does this call belong to? */
import type { Socket } from "node:net";
import { newRandomId } from "@yolo/core/ids";
import { sessionIdOf } from "@yolo/identity/session";
import type { CaptureMark } from "../surfaces/surface.ts";
import type { Identified } from "./identify.ts";

const SESSIONS_MAX = 50_000;

export interface SeenSession {
  /** How far its conversation is on record. */
  mark: CaptureMark | null;
}

export interface Sessions {
  /**
   * The session's id: computed from the client's own id; where the client gives none, the calls of one agent over
   * one connection are one session.
   */
  idOf(identified: Identified, clientSession: string | null, connection: Socket): string;
  /** What this process knows of a session it has seen committed. */
  seen(sessionId: string): SeenSession | null;
  remember(sessionId: string, mark: CaptureMark | null): void;
}

export function createSessions(): Sessions {
  const committed = new Map<string, SeenSession>();
  const ofConnection = new WeakMap<Socket, Map<string, string>>();

  return {
    idOf({ snapshot, key }, clientSession, connection) {
      if (clientSession !== null) return sessionIdOf(snapshot.orgId, key.agent.id, clientSession);
      const ids = ofConnection.get(connection) ?? new Map<string, string>();
      ofConnection.set(connection, ids);
      const id = ids.get(key.agent.id) ?? newRandomId();
      ids.set(key.agent.id, id);
      return id;
    },
    seen: (sessionId) => committed.get(sessionId) ?? null,
    remember(sessionId, mark) {
      const held = committed.get(sessionId);
      if (held !== undefined) {
        held.mark = mark ?? held.mark;
        return;
      }
      const [oldest] = committed.keys();
      if (committed.size >= SESSIONS_MAX && oldest !== undefined) committed.delete(oldest);
      committed.set(sessionId, { mark });
    },
  };
}
