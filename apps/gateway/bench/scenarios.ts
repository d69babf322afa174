/** The scenarios with a closed loop, as data: what is sent, over how many connections, to whom. */
import { refusedCall, smallCall, streamedCall } from "./bodies/calls.ts";
import { conversation, conversationTurns } from "./bodies/conversation.ts";
import { ASKS_FOR } from "./bodies/replies.ts";
import { NUMBER, type RequestTemplate } from "./request.ts";
import { TARGETS, type TargetName } from "./targets/target.ts";

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly connections: number;
  /** The one right answer. */
  readonly status: number;
  readonly targets: readonly TargetName[];
  /** One after another by each connection, with the headers that all calls of the bench carry. */
  requests(headers: RequestTemplate["headers"]): readonly RequestTemplate[];
}

export type ScenarioName =
  | "small-1"
  | "small-32"
  | "small-128"
  | "conversation"
  | "turns"
  | "burst"
  | "refused";

/** As many agents as share one core's gateway at a time; more only wait for one another. */
const AGENTS = 8;

export const SCENARIOS: readonly Scenario[] = [
  small(1),
  small(32),
  small(128),
  {
    name: "conversation",
    title: `100 KB conversation, each call the first of its session, ${AGENTS} connections`,
    connections: AGENTS,
    status: 200,
    targets: TARGETS,
    requests: (headers) => inSession(headers, [conversation()]),
  },
  {
    name: "turns",
    title: `100 KB conversation, each call with one more exchange than the one before, ${AGENTS} connections`,
    connections: AGENTS,
    status: 200,
    targets: TARGETS,
    requests: (headers) => inSession(headers, conversationTurns()),
  },
  {
    name: "burst",
    title: "Streams of 60 events in one burst, 16 connections",
    connections: 16,
    status: 200,
    targets: TARGETS,
    requests: (headers) => [call(headers, ASKS_FOR.burst, streamedCall)],
  },
  {
    name: "refused",
    title: "Refused by policy, 1 KB, 32 connections",
    connections: 32,
    status: 403,
    targets: ["ours"],
    requests: (headers) => [call(headers, ASKS_FOR.message, refusedCall)],
  },
];

function small(connections: 1 | 32 | 128): Scenario {
  return {
    name: `small-${connections}`,
    title: `1 KB request, 1 KB reply, ${connections} ${connections === 1 ? "connection" : "connections"}`,
    connections,
    status: 200,
    targets: TARGETS,
    requests: (headers) => [call(headers, ASKS_FOR.message, smallCall)],
  };
}

/** A call of the small scenarios, also for the other measurements. */
export function call(
  headers: RequestTemplate["headers"],
  asksFor: string,
  body: string,
): RequestTemplate {
  return { path: `/v1/messages${asksFor}`, headers, body };
}

function inSession(headers: RequestTemplate["headers"], bodies: readonly string[]) {
  const own = { ...headers, "x-claude-code-session-id": `00000000-0000-4000-8000-${NUMBER}` };
  return bodies.map((body) => call(own, ASKS_FOR.messageAfterBody, body));
}
