"use client";

/** What the org has under an id, the beginning of one, or a name. */
import { FileSearch } from "lucide-react";
import { useDeferredValue } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import type { Command } from "./command.ts";
import { foundAddress, KIND_NAMES } from "./found-address.ts";
import { useSettled } from "./use-settled.ts";

const SHORTEST = 2;
const PAUSE_MS = 120;

export function useFound(text: string): {
  readonly commands: readonly Command[];
  /** Whether an answer for this text is still to come. */
  readonly isAsking: boolean;
} {
  const { slug, can } = useOrg();
  const asked = useSettled(useDeferredValue(text.trim()), PAUSE_MS);
  const enabled = asked.length >= SHORTEST && can("records:read");
  const { data, isFetching } = useApi(
    "GET /search",
    { text: asked },
    { enabled, keepPrevious: true },
  );
  const isCurrent = asked === text.trim();
  const commands = (enabled ? (data?.data ?? []) : []).map((found) => ({
    id: found.id,
    label: found.title,
    detail: `${KIND_NAMES[found.kind]} · ${found.detail}`,
    icon: FileSearch,
    href: `/${slug}${foundAddress(found)}`,
  }));
  return { commands, isAsking: isFetching || !isCurrent };
}
