"use client";

/** The draft of a policy in this browser: saved by itself, kept while there is no connection, watched for others. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useReducer } from "react";
import { ApiError, call, type Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import {
  changeDraft,
  type Draft,
  type DraftEvent,
  isUnsaved,
  type Live,
  openDraft,
  type Remote,
} from "./draft-state.ts";
import { readLocalCopy, writeLocalCopy } from "./local-copy.ts";

type Policy = Output<"GET /policies/{id}">;

export interface DraftOf {
  readonly draft: Draft;
  readonly change: (event: DraftEvent) => void;
  readonly live: Live;
  readonly published: Policy["published"];
  /** Who else is writing. */
  readonly others: Output<"GET /policies/{id}/draft">["others"];
  /** What the server holds under now. */
  readonly remoteRevision: number;
}

/** After so long without a key the draft is saved. */
const SAVE_MS = 800;
const RETRY_MS = 4_000;
const WATCH_MS = 4_000;

/** `policy` and `first` are what the page arrived with; nobody's draft is saved without `canWrite`. */
export function useDraft(
  policy: Policy,
  first: Output<"GET /policies/{id}/draft">,
  canWrite: boolean,
): DraftOf {
  const { slug: org } = useOrg();
  const { id } = policy;
  const [draft, change] = useReducer(changeDraft, undefined, () =>
    openDraft(liveOf(policy), first, null),
  );
  // After the page is alive: the server could not know it.
  const restore = useEffectEvent(() => {
    const local = readLocalCopy({ org, policyId: id });
    if (local !== null) change({ kind: "restored", live: liveOf(policy), remote: first, local });
  });
  useEffect(() => restore(), []);
  const watched = useApi("GET /policies/{id}/draft", { id }, { refetchInterval: WATCH_MS });
  const remote = watched.data ?? first;
  useNews({ policy, remote, change });
  useEffect(() => {
    const { text, base, revision, sent } = draft;
    const copy = isUnsaved(draft) ? { text, base, revision, sent } : null;
    writeLocalCopy({ org, policyId: id }, copy);
  }, [org, id, draft]);
  useAutosave({ id, draft, change, isOn: canWrite });
  const { others, published, revision } = remote;
  return { draft, change, live: liveOf(policy), others, published, remoteRevision: revision };
}

interface News {
  readonly policy: Policy;
  readonly remote: Remote & Pick<Output<"GET /policies/{id}/draft">, "published">;
  readonly change: (event: DraftEvent) => void;
}

/** Tells the draft what the server says, once the text of the version in force is here too. */
function useNews({ policy, remote, change }: News): void {
  const { slug } = useOrg();
  const client = useQueryClient();
  const { liveVersion, text, id } = policy;
  const isKnown = remote.published.version === liveVersion;
  useEffect(() => {
    if (isKnown) change({ kind: "heard", remote, live: { version: liveVersion, text } });
    else void client.invalidateQueries({ queryKey: [slug, "GET /policies/{id}", { id }] });
  }, [client, slug, id, isKnown, remote, liveVersion, text, change]);
}

interface Autosave {
  readonly id: string;
  readonly draft: Draft;
  readonly change: (event: DraftEvent) => void;
  readonly isOn: boolean;
}

function useAutosave({ id, draft, change, isOn }: Autosave): void {
  const { slug } = useOrg();
  const client = useQueryClient();
  const { text, saving } = draft;
  const isDue = isOn && isUnsaved(draft) && draft.elsewhere === null && saving !== "saving";
  const save = useEffectEvent(async () => {
    const { base, revision } = draft;
    change({ kind: "saving", text });
    try {
      const saved = await call(slug, "POST /policies/{id}/draft", { id, base, revision, text });
      change({ kind: "saved", text, base, revision: saved.revision, at: saved.savedAt });
    } catch (error) {
      const isOffline = error instanceof ApiError && error.status === 0;
      change({ kind: "unsaved", why: isOffline ? "offline" : "refused" });
      void client.invalidateQueries({ queryKey: [slug, "GET /policies/{id}/draft"] });
    }
  });
  const wait = saving === "idle" ? SAVE_MS : RETRY_MS;
  // Every key begins the wait anew; `text` stands for them.
  useEffect(() => {
    if (!isDue || text === undefined) return undefined;
    const timer = setTimeout(() => void save(), wait);
    return () => clearTimeout(timer);
  }, [isDue, text, wait]);
  useEffect(() => {
    const again = () => {
      if (isDue) void save();
    };
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [isDue]);
}

function liveOf({ liveVersion: version, text }: Policy): Live {
  return { version, text };
}
