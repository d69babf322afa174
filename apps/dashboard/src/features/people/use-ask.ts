"use client";

/** One form's call: under way, refused with its reason, or done. */
import { useState } from "react";
import { ApiError } from "../../data/api.ts";

interface Ask {
  readonly busy: boolean;
  readonly error: ApiError | undefined;
  /** Runs the work; undefined when it was refused, which `error` then says. */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
}

export function useAsk(): Ask {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  return {
    busy,
    error,
    async run(work) {
      setBusy(true);
      setError(undefined);
      try {
        return await work();
      } catch (thrown) {
        if (!(thrown instanceof ApiError)) throw thrown;
        setError(thrown);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}
