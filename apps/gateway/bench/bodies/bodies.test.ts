import { expect, test } from "vitest";
import { NUMBER, numberOf } from "../request.ts";
import { refusedCall, smallCall } from "./calls.ts";
import { conversation, conversationTurns } from "./conversation.ts";
import { burstBody, messageBody, PACED_EVENTS, pacedPieces } from "./replies.ts";

test("bodies have the sizes that the report names", () => {
  expect(smallCall).toHaveLength(1_024);
  expect(refusedCall).toHaveLength(1_024);
  expect(Math.abs(messageBody.length - 1_024)).toBeLessThan(64);
  expect(Math.abs(Buffer.byteLength(conversation()) - 100_000)).toBeLessThan(3_000);
  const turns = conversationTurns();
  const bytes = turns.reduce((sum, turn) => sum + Buffer.byteLength(turn), 0);
  expect(Math.abs(bytes / turns.length - 100_000)).toBeLessThan(5_000);
});

test("each turn of a session repeats the one before and adds to it", () => {
  const turns = conversationTurns().map((turn) => JSON.parse(turn).messages);
  for (const [at, messages] of turns.entries()) {
    const before = turns[at - 1] ?? [];
    expect(messages.slice(0, before.length)).toEqual(before);
    expect(messages.length).toBeGreaterThan(before.length);
  }
});

test("streams have the events that the report names", () => {
  expect(burstBody.split("\n\n").length - 1).toBe(60);
  expect(pacedPieces.join("").split("\n\n").length - 1).toBe(PACED_EVENTS);
});

test("no two calls have the same number, and it fits where it goes", () => {
  expect(numberOf(7, 12, 345)).toBe("007012000345");
  expect(numberOf(7, 12, 345)).toHaveLength(NUMBER.length);
});
