"use client";

/** The dry runs of a policy's drafts, newest first, and which of them are about the text at hand. */
import { useEffect, useState } from "react";
import type { Output } from "../../../data/api.ts";
import { useApi } from "../../../data/use-api.ts";
import { textSha256 } from "./consequences.ts";

export type DryRun = Output<"GET /dry-runs/{id}">;

const WATCH_MS = 1_000;
const SHOWN = 10;

export function useDryRuns(policyId: string, text: string) {
  const [isRunning, setRunning] = useState(false);
  const query = useApi(
    "GET /dry-runs",
    { policyId, limit: SHOWN },
    { refetchInterval: isRunning ? WATCH_MS : false },
  );
  const runs = query.data?.data ?? [];
  const isAnyRunning = runs.some(isUnfinished);
  useEffect(() => setRunning(isAnyRunning), [isAnyRunning]);
  const sha256 = useSha256(text);
  const current = runs.find(({ draft }) => draft.textSha256 === sha256);
  return { ...query, runs, current };
}

export function isUnfinished({ state }: Pick<DryRun, "state">): boolean {
  return state === "queued" || state === "running";
}

function useSha256(text: string): string | undefined {
  const [sha256, setSha256] = useState<string>();
  useEffect(() => {
    let isOver = false;
    void textSha256(text).then((value) => {
      if (!isOver) setSha256(value);
    });
    return () => {
      isOver = true;
    };
  }, [text]);
  return sha256;
}
