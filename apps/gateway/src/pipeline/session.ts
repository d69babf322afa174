/** Which run does this call belong to? */
import type { Socket } from "node:net";
import { newRandomId } from "@yolo/core/ids";
import { sessionIdOf } from "@yolo/identity/session";
import type { Call, CaptureMark } from "../surfaces/surface.ts";
import type { Identified } from "./identify.ts";

const SESSIONS_MAX = 50_000;

export interface SeenSession {
  /** How far its conversation is on record. */
  mark: CaptureMark | null;
}

export interface Sessions {
  /**
   * The session's id: computed from the client's own id. Where the client gives none, a conversation goes on in the
   * session it began in, over whichever connection, and what begins over one connection is one session.
   */
  idOf(
    identified: Identified,
    call: Pick<Call, "clientSession" | "conversation">,
    connection: Socket,
  ): string;
  /** What this process knows of a session it has seen committed. */
  seen(sessionId: string): SeenSession | null;
  remember(sessionId: string, mark: CaptureMark | null): void;
}

export function createSessions(): Sessions {
  const committed = new Map<string, SeenSession>();
  const ofConversation = new Map<string, string>();
  const ofConnection = new WeakMap<Socket, Map<string, string>>();

  function idByConnection(agentId: string, connection: Socket): string {
    const ids = ofConnection.get(connection) ?? new Map<string, string>();
    ofConnection.set(connection, ids);
    const id = ids.get(agentId) ?? newRandomId();
    ids.set(agentId, id);
    return id;
  }

  return {
    idOf({ snapshot, key }, { clientSession, conversation }, connection) {
      const { id: agentId } = key.agent;
      if (clientSession !== null) return sessionIdOf(snapshot.orgId, agentId, clientSession);
      if (conversation === null) return idByConnection(agentId, connection);
      const name = `${agentId} ${conversation.beginning}`;
      const known = conversation.isStart ? undefined : ofConversation.get(name);
      const id = known ?? idByConnection(agentId, connection);
      putNewest(ofConversation, name, id);
      return id;
    },
    seen: (sessionId) => committed.get(sessionId) ?? null,
    remember(sessionId, mark) {
      const held = committed.get(sessionId) ?? { mark };
      held.mark = mark ?? held.mark;
      putNewest(committed, sessionId, held);
    },
  };
}

/** Keeps what was touched last. */
function putNewest<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name);
  // Only when it is full: the first key of a map is looked for behind all that were deleted before it.
  if (map.size >= SESSIONS_MAX) {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
  }
  map.set(name, value);
}
