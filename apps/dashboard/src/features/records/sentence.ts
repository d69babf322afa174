/** What happened, in one sentence. */
import type { RecordDetail } from "./use-record.ts";

const DONE: { readonly [decision in RecordDetail["decision"]]: string } = {
  allow: "was allowed",
  deny: "was denied",
  approve: "needs a person’s approval",
};

/** `claude-code was denied llm:invoke on anthropic/gpt-9.` */
export function sentenceOf({ agent, decision, actions, verb, resource }: RecordDetail): string {
  const others = actions.length > 1 ? ` and ${actions.length - 1} more` : "";
  const what = `${verb} on ${resource}${others}`;
  const who = agent.name ?? "An agent";
  return decision === "approve"
    ? `${who} ${DONE[decision]} for ${what}`
    : `${who} ${DONE[decision]} ${what}`;
}
