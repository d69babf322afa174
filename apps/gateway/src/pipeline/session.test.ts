import { Socket } from "node:net";
import { newId } from "@yolo/core/ids";
import { describe, expect, test } from "vitest";
import { createSessions, type Sessions } from "./session.ts";

type Caller = Parameters<Sessions["idOf"]>[0];

/** Of a caller, a session looks at org and agent alone. */
function caller(): Caller {
  const key = {
    ...{ id: newId(), kind: "test", expiresAtMs: null, memberId: newId() },
    agent: { id: newId(), name: "a" },
    project: { id: newId(), slug: "p", captureLevel: "redacted" },
  } as const;
  const snapshot = {
    ...{ orgId: newId(), slug: "o", revision: 1n, keys: new Map(), connectors: new Map() },
    dataKeys: [],
  };
  return Object.assign(Object.create(null), { snapshot, key, credential: null });
}

const nothing = { clientSession: null, conversation: null };
function turn(number: number, beginning = "hello") {
  return { clientSession: null, conversation: { beginning, isStart: number === 1 } };
}

describe("a client that gives no id of its run", () => {
  test("a conversation goes on in its session over another connection", () => {
    const sessions = createSessions();
    const who = caller();
    const [one, two] = [new Socket(), new Socket()];
    const id = sessions.idOf(who, turn(1), one);
    expect(sessions.idOf(who, turn(2), two)).toBe(id);
    expect(sessions.idOf(who, turn(3), one)).toBe(id);
  });

  test("the same words over another connection begin another session, which later turns follow", () => {
    const sessions = createSessions();
    const who = caller();
    const [one, two] = [new Socket(), new Socket()];
    const earlier = sessions.idOf(who, turn(1), one);
    const later = sessions.idOf(who, turn(1), two);
    expect(later).not.toBe(earlier);
    expect(sessions.idOf(who, turn(2), new Socket())).toBe(later);
  });

  test("calls without a conversation are one session a connection and agent", () => {
    const sessions = createSessions();
    const [who, another] = [caller(), caller()];
    const connection = new Socket();
    const id = sessions.idOf(who, nothing, connection);
    expect(sessions.idOf(who, nothing, connection)).toBe(id);
    expect(sessions.idOf(another, nothing, connection)).not.toBe(id);
    expect(sessions.idOf(who, nothing, new Socket())).not.toBe(id);
  });

  test("another agent never gets into a session by repeating its words", () => {
    const sessions = createSessions();
    const id = sessions.idOf(caller(), turn(1), new Socket());
    expect(sessions.idOf(caller(), turn(2), new Socket())).not.toBe(id);
  });
});

test("the client's own id decides, whatever the connection and the conversation", () => {
  const sessions = createSessions();
  const who = caller();
  const named = { ...turn(1), clientSession: "d97e2169" };
  const id = sessions.idOf(who, named, new Socket());
  expect(sessions.idOf(who, { ...turn(1, "other"), clientSession: "d97e2169" }, new Socket())).toBe(
    id,
  );
  expect(sessions.idOf(caller(), named, new Socket())).not.toBe(id);
});
