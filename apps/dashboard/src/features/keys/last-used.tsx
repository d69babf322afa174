"use client";

/** When a key or a token was last used, inside a sentence. */
import { Moment } from "../../ui/moment.tsx";

export function LastUsed({ at }: { readonly at: string | null }) {
  if (at === null) return "never used";
  return (
    <>
      last used <Moment at={at} />
    </>
  );
}
