/** What a condition may look at: the variables, and per verb the arguments and facts with their types. */
import type { VerbPattern } from "./verb.ts";

export type FactType =
  | "bool"
  | "int"
  | "double"
  | "string"
  | "timestamp"
  | "duration"
  | "null"
  /** Known only when the action is seen. */
  | "dyn"
  | { readonly list: FactType }
  | { readonly map: FactType }
  | { readonly record: Readonly<Record<string, FactType>> };

export interface Facts {
  readonly args: FactType;
  readonly facts: FactType;
}

const ANYTHING: FactType = { map: "dyn" };
const TEXTS: FactType = { list: "string" };

/** Facts that a surface states; beside them every action may carry the labels of its connector. */
function stated(facts: Readonly<Record<string, FactType>>): FactType {
  return { record: { ...facts, labels: TEXTS } };
}

const MODEL_CALL: Facts = {
  args: { record: { model: "string", max_tokens: "int", tools: TEXTS, body: "string" } },
  facts: stated({ stream: "bool", messages: "int", tools: "int", bytes: "int" }),
};

/** Per verb what its surface states about an action. */
const FACTS_OF_VERBS: ReadonlyMap<string, Facts> = new Map([
  ["llm:invoke", MODEL_CALL],
  ["llm:count_tokens", MODEL_CALL],
  ["llm:list_models", { args: { record: {} }, facts: stated({}) }],
  ["llm:server_tool", { args: { record: { name: "string", type: "string" } }, facts: stated({}) }],
  ["llm:mcp_server", { args: { record: { name: "string", url: "string" } }, facts: stated({}) }],
  ["llm:fetch_url", { args: { record: { url: "string" } }, facts: stated({}) }],
  [
    "tool:Bash",
    {
      args: ANYTHING,
      facts: stated({ words: TEXTS, redirections: TEXTS, network_targets: TEXTS }),
    },
  ],
]);

/** The same per family; a family that is not here states anything. */
const FACTS_OF_FAMILIES: ReadonlyMap<string, Facts> = new Map([
  ["mcp", { args: ANYTHING, facts: stated({ connector: "string", tool: "string" }) }],
  [
    "http",
    {
      args: ANYTHING,
      facts: stated({ method: "string", path: "string", query: ANYTHING, body: "dyn" }),
    },
  ],
  [
    "git",
    {
      args: ANYTHING,
      facts: stated({
        force: "bool",
        delete: "bool",
        commits: { list: "dyn" },
        files: TEXTS,
        author: "string",
      }),
    },
  ],
  [
    "aws",
    {
      args: ANYTHING,
      facts: stated({ region: "string", account: "string", tags: { map: "string" } }),
    },
  ],
]);

const UNKNOWN: Facts = { args: ANYTHING, facts: ANYTHING };

/** The variables of a condition in a rule about these verbs; `volumes`: names of the document's counters. */
export function variablesFor(
  verbs: readonly VerbPattern[],
  volumes: readonly string[],
): Readonly<Record<string, FactType>> {
  const { args, facts } = factsOf(verbs);
  return {
    agent: { record: { id: "string", name: "string", project: "string" } },
    user: {
      record: {
        id: "string",
        verified: "bool",
        roles: TEXTS,
        groups: TEXTS,
        scopes: TEXTS,
        claims: ANYTHING,
      },
    },
    session: { record: { id: "string" } },
    action: "string",
    resource: "string",
    args,
    facts,
    labels: TEXTS,
    content: { record: { findings: { list: { record: { type: "string", severity: "string" } } } } },
    usage: { record: usageFacts(volumes) },
    now: "timestamp",
  };
}

/** Counters that are always kept, and those the document declares. */
function usageFacts(volumes: readonly string[]): Record<string, FactType> {
  const counters: Record<string, FactType> = { calls: "int", money: "int", tokens: "int" };
  for (const volume of volumes) counters[volume] = "int";
  return counters;
}

/** What all of the verbs state; where they differ nothing is known beforehand. */
function factsOf(verbs: readonly VerbPattern[]): Facts {
  const [first, ...others] = verbs.map(factsOfVerb);
  if (first === undefined || others.some((facts) => facts !== first)) return UNKNOWN;
  return first;
}

function factsOfVerb({ family, key }: VerbPattern): Facts {
  return FACTS_OF_VERBS.get(key) ?? FACTS_OF_FAMILIES.get(family) ?? UNKNOWN;
}
