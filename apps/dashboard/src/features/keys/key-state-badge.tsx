"use client";

/** The state of a key or a token in a word. */
import { Badge, type Tone } from "../../ui/badge.tsx";
import { useNow } from "../../ui/use-now.ts";
import { type KeyState, keyState } from "./key-state.ts";

const WORDS: { readonly [state in KeyState]: { readonly tone: Tone; readonly text: string } } = {
  works: { tone: "good", text: "Works" },
  "ends-soon": { tone: "warn", text: "Ends soon" },
  expired: { tone: "neutral", text: "Expired" },
  revoked: { tone: "neutral", text: "Revoked" },
};

interface Props {
  readonly of: { readonly expiresAt: string | null; readonly revokedAt: string | null };
}

export function KeyStateBadge({ of }: Props) {
  const { tone, text } = WORDS[keyState(of, useNow())];
  return <Badge tone={tone}>{text}</Badge>;
}
