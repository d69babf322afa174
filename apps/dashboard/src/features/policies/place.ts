/** Where a policy stands, in words. */
import type { Output } from "../../data/api.ts";

type Listed = Pick<Output<"GET /policies">["data"][number], "layer" | "projectName" | "agentName">;

export function placeText({ layer, projectName, agentName }: Listed): string {
  switch (layer) {
    case "org":
      return "Every project";
    case "project":
      return `Project ${projectName ?? ""}`;
    case "agent":
      return `Agent ${agentName ?? ""} in ${projectName ?? ""}`;
    default:
      return layer satisfies never;
  }
}
