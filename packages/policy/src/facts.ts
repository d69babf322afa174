/** What a condition may look at: the variables, and per verb the arguments and facts with their types. */
import type { VerbFamily } from "@yolo/core/action";
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

/** Per family what its surfaces state about an action; a family that is not here states anything. */
const FACTS: Partial<Record<VerbFamily, Facts>> = {
  llm: {
    args: {
      record: { model: "string", max_tokens: "int", tools: TEXTS, body_sha256: "string" },
    },
    facts: { record: { stream: "bool", tool: "string", host: "string", labels: TEXTS } },
  },
  mcp: {
    args: ANYTHING,
    facts: { record: { connector: "string", tool: "string", labels: TEXTS } },
  },
  http: {
    args: ANYTHING,
    facts: {
      record: { method: "string", path: "string", query: ANYTHING, body: "dyn", labels: TEXTS },
    },
  },
  git: {
    args: ANYTHING,
    facts: {
      record: {
        force: "bool",
        delete: "bool",
        commits: { list: "dyn" },
        files: TEXTS,
        author: "string",
        labels: TEXTS,
      },
    },
  },
  aws: {
    args: ANYTHING,
    facts: {
      record: { region: "string", account: "string", tags: { map: "string" }, labels: TEXTS },
    },
  },
};

/** The client's shell: every command word, redirection and network target of the line. */
const SHELL: Facts = {
  args: ANYTHING,
  facts: {
    record: { words: TEXTS, redirections: TEXTS, network_targets: TEXTS, labels: TEXTS },
  },
};

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
  if (key === "tool:Bash") return SHELL;
  return family === "*" ? UNKNOWN : (FACTS[family] ?? UNKNOWN);
}
