"use client";

/** What the engine says about a text, once typing rests for a moment. */
import { useEffect, useState } from "react";
import { type Judge, startJudge } from "./judge.ts";
import type { Judgement } from "./judgement.ts";

export interface Judged extends Judgement {
  /** What was judged. */
  readonly text: string;
}

const REST_MS = 150;

/** Undefined until the engine has answered once; the last answer stands until the next. */
export function useJudged(text: string): Judged | undefined {
  const [judge, setJudge] = useState<Judge>();
  const [judged, setJudged] = useState<Judged>();
  useEffect(() => {
    const started = startJudge();
    setJudge(started);
    return () => started.close();
  }, []);
  useEffect(() => {
    if (judge === undefined) return undefined;
    let isOver = false;
    const ask = async () => {
      const judgement = await judge.judge(text).catch(() => undefined);
      if (!isOver && judgement !== undefined) setJudged({ text, ...judgement });
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [judge, text]);
  return judged;
}
