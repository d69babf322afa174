"use client";

/** The tests that a draft can change, judged by the server beside the layers it would stand with, once typing rests. */
import { useEffect, useState } from "react";
import type { ApiError, Output } from "../../../data/api.ts";
import { useApi } from "../../../data/use-api.ts";

export type PolicyTest = Output<"POST /policies/test">["tests"][number];

export interface Tests {
  readonly all: readonly PolicyTest[];
  readonly passed: number;
  readonly failed: number;
  readonly policiesLeftOut: number;
  /** Of the text as it stands now: nothing was written since. */
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  readonly error: ApiError | null;
}

const REST_MS = 700;
const NONE: readonly PolicyTest[] = [];

interface Options {
  readonly policyId: string;
  readonly text: string;
  /** A text with errors has no tests to run. */
  readonly isOn: boolean;
}

export function useTests({ policyId, text, isOn }: Options): Tests {
  const rested = useRested(text);
  const input = { draft: { policyId, text: rested } };
  // What rested may be an older text, and have the errors that are mended by now.
  const isEnabled = isOn && rested === text && text !== "";
  const query = useApi("POST /policies/test", input, { enabled: isEnabled, keepPrevious: true });
  const { data, error, isFetching, isPlaceholderData } = query;
  return {
    all: data?.tests ?? NONE,
    passed: data?.passed ?? 0,
    failed: data?.failed ?? 0,
    policiesLeftOut: data?.policiesLeftOut ?? 0,
    isCurrent: isOn && rested === text && data !== undefined && !isPlaceholderData,
    isRunning: isFetching,
    error,
  };
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
