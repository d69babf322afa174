/**
 * What a member is writing, in this browser: the text, what the server has of it, and what came between. Nothing
 * that was written is ever replaced by something from elsewhere unless its author chooses so.
 */

/** The version in force. */
export interface Live {
  readonly version: number;
  readonly text: string;
}

/** What the server says about one's draft. */
export interface Remote {
  readonly draft: {
    readonly text: string;
    readonly base: number;
    readonly revision: number;
    readonly savedAt: string;
  } | null;
  readonly revision: number;
}

/** What this browser kept because the server did not have it yet. */
export interface LocalCopy {
  readonly text: string;
  readonly base: number;
  readonly revision: number;
  /** What was on its way to the server when the page went; null: nothing. */
  readonly sent: string | null;
}

export interface Draft {
  readonly text: string;
  /** The version it was written from, and what that says. */
  readonly base: number;
  readonly baseText: string;
  /** Of the server's draft that this text goes on from. */
  readonly revision: number;
  /** What the server has under that revision; null: nothing. */
  readonly saved: string | null;
  readonly savedBase: number | null;
  readonly savedAt: string | null;
  readonly saving: "idle" | "saving" | "offline" | "refused";
  /** What was last sent: an answer that never came must not make one's own save look like another's. */
  readonly sent: string | null;
  /** The same member has saved another text elsewhere. */
  readonly elsewhere: NonNullable<Remote["draft"]> | null;
}

export type DraftEvent =
  | { readonly kind: "edited"; readonly text: string }
  | { readonly kind: "saving"; readonly text: string }
  | {
      readonly kind: "saved";
      readonly text: string;
      readonly base: number;
      readonly revision: number;
      readonly at: string;
    }
  | { readonly kind: "unsaved"; readonly why: "offline" | "refused" }
  | { readonly kind: "heard"; readonly remote: Remote; readonly live: Live }
  /** The author has chosen what stands now; it goes on from what they were shown. */
  | {
      readonly kind: "settled";
      readonly text: string;
      readonly on: Live;
      readonly revision: number;
    }
  | { readonly kind: "published"; readonly live: Live }
  /** This browser turns out to have kept something. */
  | {
      readonly kind: "restored";
      readonly live: Live;
      readonly remote: Remote;
      readonly local: LocalCopy;
    };

export function openDraft(live: Live, remote: Remote, local: LocalCopy | null): Draft {
  const opened = fromRemote(live, remote);
  if (local === null || local.text === opened.text) return opened;
  // What was kept here goes on from what the server has, or the two must be compared.
  const isOwn = local.revision === remote.revision || remote.draft?.text === local.sent;
  const isElsewhere = remote.draft !== null && !isOwn;
  const mine = { text: local.text, base: local.base, revision: remote.revision };
  return { ...opened, ...mine, elsewhere: isElsewhere ? remote.draft : null };
}

export function changeDraft(draft: Draft, event: DraftEvent): Draft {
  switch (event.kind) {
    case "edited":
      return event.text === draft.text ? draft : { ...draft, text: event.text };
    case "saving":
      return { ...draft, saving: "saving", sent: event.text };
    case "saved": {
      const { text: saved, base: savedBase, revision, at: savedAt } = event;
      return { ...draft, saving: "idle", saved, savedBase, revision, savedAt };
    }
    case "unsaved":
      return { ...draft, saving: event.why };
    case "heard":
      return hear(draft, event.remote, event.live);
    case "settled": {
      const { text, on, revision } = event;
      const settled = { text, revision, base: on.version, baseText: on.text };
      // What the server has by now is what the author was shown.
      const { text: saved, base: savedBase } = draft.elsewhere ?? {
        ...{ text: draft.saved, base: draft.savedBase },
      };
      return { ...draft, ...settled, saving: "idle", saved, savedBase, elsewhere: null };
    }
    case "published": {
      const { text, version: base } = event.live;
      const none = { saved: null, savedBase: null, savedAt: null, elsewhere: null };
      return { ...draft, text, base, baseText: text, ...none, saving: "idle" };
    }
    case "restored":
      return openDraft(event.live, event.remote, event.local);
    default:
      return event satisfies never;
  }
}

/** Whether the server does not have what stands here. */
export function isUnsaved(draft: Draft): boolean {
  const { text, base, saved, savedBase, baseText } = draft;
  return saved === null ? text !== baseText : text !== saved || base !== savedBase;
}

/** Whether there is anything to publish. */
export function isChanged({ text, baseText }: Draft): boolean {
  return text !== baseText;
}

/** Whether somebody has published since the text was begun. */
export function isBehind(draft: Draft, live: Pick<Live, "version">): boolean {
  return live.version > draft.base;
}

function fromRemote(live: Live, { draft, revision }: Remote): Draft {
  const idle = { saving: "idle", sent: null, elsewhere: null } as const;
  if (draft === null) {
    const unwritten = { text: live.text, base: live.version, baseText: live.text };
    return { ...unwritten, revision, saved: null, savedBase: null, savedAt: null, ...idle };
  }
  const { text, base, savedAt } = draft;
  return {
    text,
    base,
    baseText: live.text,
    revision,
    saved: text,
    savedBase: base,
    savedAt,
    ...idle,
  };
}

function hear(draft: Draft, remote: Remote, live: Live): Draft {
  const isNews = remote.revision > draft.revision && draft.saving !== "saving";
  if (!isNews) return isChanged(draft) || !isBehind(draft, live) ? draft : fromRemote(live, remote);
  if (!isUnsaved(draft)) return fromRemote(live, remote);
  if (remote.draft === null) return { ...draft, revision: remote.revision, saving: "idle" };
  if (remote.draft.text === draft.sent) {
    const { text: saved, base: savedBase, revision, savedAt } = remote.draft;
    return { ...draft, saved, savedBase, revision, savedAt, saving: "idle" };
  }
  return { ...draft, saving: "idle", elsewhere: remote.draft };
}
