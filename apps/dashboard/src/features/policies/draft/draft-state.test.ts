import { describe, expect, test } from "vitest";
import {
  changeDraft,
  type Draft,
  type DraftEvent,
  isBehind,
  isChanged,
  isUnsaved,
  openDraft,
} from "./draft-state.ts";

const live = { version: 3, text: "live" };
const nothing = { draft: null, revision: 0 };

function remoteDraft(text: string, revision: number, base = 3) {
  return { draft: { text, base, revision, savedAt: "2026-11-22T01:00:00.000Z" }, revision };
}

function having(start: Draft, ...events: readonly DraftEvent[]): Draft {
  return events.reduce(changeDraft, start);
}

describe("opening", () => {
  test("without a draft shows what is in force, with nothing to save or publish", () => {
    const draft = openDraft(live, nothing, null);
    expect(draft).toMatchObject({ text: "live", base: 3 });
    expect([isUnsaved(draft), isChanged(draft)]).toEqual([false, false]);
  });

  test("goes on with the draft of the server, and with what this browser kept of it", () => {
    expect(openDraft(live, remoteDraft("mine", 4), null)).toMatchObject({ text: "mine" });
    const local = { text: "mine, further", base: 3, revision: 4, sent: null };
    const draft = openDraft(live, remoteDraft("mine", 4), local);
    expect(draft).toMatchObject({ text: "mine, further", elsewhere: null });
    expect(isUnsaved(draft)).toBe(true);
  });

  test("shows both texts where another device has saved since", () => {
    const local = { text: "here", base: 3, revision: 4, sent: null };
    const draft = openDraft(live, remoteDraft("there", 5), local);
    expect(draft).toMatchObject({ text: "here", elsewhere: { text: "there" } });
  });

  test("knows its own save, whose answer the reload has cut off", () => {
    const local = { text: "mine, further", base: 3, revision: 4, sent: "mine" };
    const draft = openDraft(live, remoteDraft("mine", 5), local);
    expect(draft).toMatchObject({ text: "mine, further", revision: 5, elsewhere: null });
    expect(isUnsaved(draft)).toBe(true);
  });

  test("keeps what this browser has where the server's draft is gone", () => {
    const local = { text: "here", base: 3, revision: 4, sent: null };
    const draft = openDraft(live, { draft: null, revision: 5 }, local);
    expect(draft).toMatchObject({ text: "here", revision: 5, elsewhere: null });
    expect(isUnsaved(draft)).toBe(true);
  });
});

describe("writing", () => {
  const written = having(openDraft(live, nothing, null), { kind: "edited", text: "one" });

  test("is unsaved until the server has exactly this text", () => {
    expect(isUnsaved(written)).toBe(true);
    const meanwhile = having(
      written,
      ...[{ kind: "saving", text: "one" } as const, { kind: "edited", text: "one two" } as const],
      { kind: "saved", text: "one", base: 3, revision: 1, at: "2026-11-22T01:00:00.000Z" },
    );
    expect(isUnsaved(meanwhile)).toBe(true);
    expect(meanwhile).toMatchObject({ text: "one two", revision: 1, saving: "idle" });
  });

  test("is kept when the connection is gone", () => {
    const offline = having(written, { kind: "unsaved", why: "offline" });
    expect(offline).toMatchObject({ text: "one", saving: "offline" });
    expect(isUnsaved(offline)).toBe(true);
  });

  test("is never replaced by another device's text, but shown beside it", () => {
    const heard = having(written, { kind: "heard", remote: remoteDraft("other", 1), live });
    expect(heard).toMatchObject({ text: "one", elsewhere: { text: "other" } });
    const settled = having(heard, { kind: "settled", text: "both", on: live, revision: 1 });
    expect(settled).toMatchObject({ text: "both", revision: 1, elsewhere: null });
    expect(isUnsaved(settled)).toBe(true);
  });

  test("that is saved follows the other device", () => {
    const saved = openDraft(live, remoteDraft("mine", 1), null);
    const heard = having(saved, { kind: "heard", remote: remoteDraft("further", 2), live });
    expect(heard).toMatchObject({ text: "further", revision: 2, elsewhere: null });
  });

  test("does not take its own save for another device's", () => {
    const saving = having(written, { kind: "saving", text: "one" });
    const heard = having(saving, { kind: "heard", remote: remoteDraft("one", 1), live });
    expect(heard.elsewhere).toBeNull();
    const cut = having(
      saving,
      { kind: "unsaved", why: "offline" },
      { kind: "edited", text: "one two" },
      { kind: "heard", remote: remoteDraft("one", 1), live },
    );
    expect(cut).toMatchObject({ text: "one two", revision: 1, saved: "one", elsewhere: null });
    const stale = having(written, { kind: "heard", remote: nothing, live });
    expect(stale).toEqual(written);
  });
});

describe("somebody publishes", () => {
  const next = { version: 4, text: "theirs" };

  test("whoever has written nothing sees the new version", () => {
    const draft = having(openDraft(live, nothing, null), {
      ...{ kind: "heard", remote: nothing, live: next },
    });
    expect(draft).toMatchObject({ text: "theirs", base: 4 });
  });

  test("whoever has written keeps every character, and is behind until they settle it", () => {
    const draft = having(
      openDraft(live, nothing, null),
      { kind: "edited", text: "mine" },
      { kind: "saved", text: "mine", base: 3, revision: 1, at: "2026-11-22T01:00:00.000Z" },
      { kind: "heard", remote: remoteDraft("mine", 1), live: next },
    );
    expect(draft).toMatchObject({ text: "mine", base: 3 });
    expect(isBehind(draft, next)).toBe(true);
    const settled = having(draft, { kind: "settled", text: "merged", on: next, revision: 1 });
    expect(settled).toMatchObject({ text: "merged", base: 4, baseText: "theirs" });
    expect(isBehind(settled, next)).toBe(false);
    expect([isUnsaved(settled), isChanged(settled)]).toEqual([true, true]);
    // Kept as it is, the server must still learn from which version it goes on; taken back, that it is gone.
    const kept = having(draft, { kind: "settled", text: "mine", on: next, revision: 1 });
    expect([isUnsaved(kept), isChanged(kept)]).toEqual([true, true]);
    const taken = having(draft, { kind: "settled", text: "theirs", on: next, revision: 1 });
    expect([isUnsaved(taken), isChanged(taken)]).toEqual([true, false]);
  });

  test("one's own publishing leaves nothing to save, and the next words go on from it", () => {
    const published = having(
      openDraft(live, remoteDraft("mine", 1), null),
      { kind: "published", live: { version: 4, text: "mine" } },
      { kind: "edited", text: "mine, more" },
      // The server threw the published draft away, which counts as a save.
      { kind: "heard", remote: { draft: null, revision: 2 }, live: { version: 4, text: "mine" } },
    );
    expect(published).toMatchObject({ text: "mine, more", base: 4, revision: 2, elsewhere: null });
    expect(isUnsaved(published)).toBe(true);
  });
});
