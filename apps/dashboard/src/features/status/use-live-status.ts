/** The state of every part, asked again every two seconds while the page is seen. */
import { useEffect, useState } from "react";
import { z } from "zod";
import { PART_IDS, type PartStatus } from "./parts.ts";

const EVERY_MS = 2_000;
const DEADLINE_MS = 5_000;

const answer = z.strictObject({
  parts: z.array(
    z.strictObject({
      id: z.enum(PART_IDS),
      up: z.boolean(),
      tookMs: z.int().nullable(),
      address: z.string().nullable(),
    }),
  ),
});

export interface LiveStatus {
  readonly parts: readonly PartStatus[];
  /** False when the last question got no answer: then `parts` is what was true before. */
  readonly isLive: boolean;
}

/** Starts with what the server has read for the page. */
export function useLiveStatus(initial: readonly PartStatus[]): LiveStatus {
  const [status, setStatus] = useState<LiveStatus>({ parts: initial, isLive: true });
  useEffect(() => {
    const leaving = new AbortController();
    const ask = async () => {
      if (document.visibilityState === "hidden") return;
      const parts = await fetchParts(leaving.signal);
      if (leaving.signal.aborted) return;
      setStatus((last) =>
        parts === undefined ? { ...last, isLive: false } : { parts, isLive: true },
      );
    };
    let timer = setTimeout(askAgain, EVERY_MS);
    async function askAgain(): Promise<void> {
      await ask();
      if (!leaving.signal.aborted) timer = setTimeout(askAgain, EVERY_MS);
    }
    const onVisible = () => void ask();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  return status;
}

async function fetchParts(leaving: AbortSignal): Promise<readonly PartStatus[] | undefined> {
  try {
    const signal = AbortSignal.any([leaving, AbortSignal.timeout(DEADLINE_MS)]);
    const response = await fetch("/api/status", { signal, cache: "no-store" });
    return response.ok ? answer.parse(await response.json()).parts : undefined;
  } catch {
    return undefined;
  }
}
