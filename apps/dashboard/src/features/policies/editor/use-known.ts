"use client";

/** What the org has, for completion: agents, projects, and what agents acted on lately. */
import { useMemo } from "react";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import { type Known, resourcesOf } from "./known.ts";

const RECORDS = 200;
const STALE_MS = 60_000;

export function useKnown(): Known {
  const { can } = useOrg();
  const options = { staleTime: STALE_MS };
  const agents = useApi("GET /agents", {}, options).data;
  const projects = useApi("GET /projects", {}, options).data;
  const records = useApi(
    "GET /records",
    { limit: RECORDS },
    { ...options, enabled: can("records:read") },
  ).data;
  return useMemo(
    () => ({
      agents: agents?.data.map(({ name }) => name) ?? [],
      projects: projects?.data.map(({ slug }) => slug) ?? [],
      resources: resourcesOf(records?.data ?? []),
    }),
    [agents, projects, records],
  );
}
