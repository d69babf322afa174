"use client";

/** The tests of connectors that were asked for on this page, each with its state. */
import { useState } from "react";
import { ApiError, call } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import type { ConnectorTest } from "./connector-words.ts";

export interface Testing {
  readonly isPending: boolean;
  readonly result: ConnectorTest | undefined;
  readonly error: ApiError | null;
}

const UNTRIED: Testing = { isPending: false, result: undefined, error: null };

export interface Tests {
  of(id: string): Testing;
  start(id: string): void;
}

export function useTests(): Tests {
  const { slug } = useOrg();
  const [tests, setTests] = useState<ReadonlyMap<string, Testing>>(new Map());
  const set = (id: string, testing: Testing) =>
    setTests((before) => new Map(before).set(id, testing));
  return {
    of: (id) => tests.get(id) ?? UNTRIED,
    start(id) {
      set(id, { ...UNTRIED, isPending: true });
      call(slug, "POST /connectors/{id}/test", { id }).then(
        (result) => set(id, { ...UNTRIED, result }),
        (error: unknown) => {
          if (error instanceof ApiError) set(id, { ...UNTRIED, error });
          else throw error;
        },
      );
    },
  };
}
