/** Where something that the search found is shown. */
import type { Output } from "../../data/api.ts";

export type Found = Output<"GET /search">["data"][number];

/** Below the org's own address. */
export function foundAddress({ kind, id }: Found): string {
  switch (kind) {
    case "session":
      return `/sessions/${id}`;
    case "record":
      return `/records/${id}`;
    case "agent":
      return `/agents/${id}`;
    case "project":
      return `/projects/${id}`;
    case "policy":
      return `/policies/${id}`;
    case "connector":
      return "/connectors";
    case "member":
      return "/settings/members";
    case "agentKey":
      return "/agents";
    case "change":
      return "/audit";
  }
}

export const KIND_NAMES: { readonly [kind in Found["kind"]]: string } = {
  session: "Session",
  record: "Record",
  agent: "Agent",
  project: "Project",
  policy: "Policy",
  connector: "Connector",
  member: "Member",
  agentKey: "Agent key",
  change: "Change",
};
