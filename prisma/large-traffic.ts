/**
 * What the agents of a large org did in thirty days: sessions of very different length, and calls of every kind in
 * them. The same seed gives the same traffic, but for the ids.
 */
import type { Effect, RuleReference } from "@yolo/core/decision";
import { newIdAt, newRandomId } from "@yolo/core/ids";
import type { Intent } from "@yolo/ledger/intent";
import { bareOutcome, type Outcome } from "@yolo/ledger/outcome";
import type { LargeAgent, LargeOrg } from "./large-org.ts";

export interface LargeSession {
  readonly id: string;
  readonly clientSession: string;
  readonly agent: LargeAgent;
  readonly user: string;
  readonly model: string;
}

/** One call that is about to be made, by its session and moment. */
export interface Attempt {
  readonly session: LargeSession;
  readonly epochMs: number;
  readonly isFirst: boolean;
}

export type Random = () => number;

const DAY_MS = 86_400_000;
const PERIOD_MS = 30 * DAY_MS;
const LONGEST_SESSION_MS = 6 * 3_600_000;

const MODELS = ["claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-1", "claude-sonnet-4"];
const USERS = ["auth0|4711", "auth0|0815", "okta|ada", "okta|grace"];
const TABLES = ["orders", "customers", "invoices", "tickets", "shipments", "refunds", "events"];
const TOOLS = ["Bash", "Read", "Edit", "Grep", "WebFetch", "Task"];

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Plan {
  readonly records: number;
  readonly sessions: number;
  /** The thirty days end here. */
  readonly until: number;
  readonly random: Random;
}

/** Every attempt, the oldest first; each session has at least one. */
export function* attemptsOf(org: LargeOrg, plan: Plan): Generator<Attempt> {
  const { records, sessions: count, random } = plan;
  const sessions = Array.from({ length: count }, () => newSession(org, random));
  const starts = sessions.map(() => plan.until - LONGEST_SESSION_MS - random() * PERIOD_MS);
  // Few sessions are long: the cube makes one in ten hold half of all calls.
  const weights = sessions.map(() => 0.05 + random() ** 3);
  const owner = new Uint32Array(records);
  const moment = new Float64Array(records);
  const pick = weightedPick(weights);
  for (let at = 0; at < records; at++) {
    const session = at < count ? at : pick(random());
    owner[at] = session;
    const length = LONGEST_SESSION_MS * (weights[session] ?? 1);
    moment[at] = Math.floor(
      (starts[session] ?? 0) + random() * Math.min(length, LONGEST_SESSION_MS),
    );
  }
  const order = new Uint32Array(records).map((_, at) => at);
  order.sort((a, b) => (moment[a] ?? 0) - (moment[b] ?? 0));
  const begun = new Set<number>();
  for (const at of order) {
    const index = owner[at] ?? 0;
    const session = sessions[index];
    if (session === undefined) continue;
    yield { session, epochMs: moment[at] ?? 0, isFirst: !begun.has(index) };
    begun.add(index);
  }
}

function newSession(org: LargeOrg, random: Random): LargeSession {
  return {
    id: newRandomId(),
    clientSession: newRandomId(),
    agent: one(org.agents, random),
    user: random() < 0.6 ? org.owner : one(USERS, random),
    model: MODELS[Math.floor(random() ** 2 * MODELS.length)] ?? "claude-sonnet-4-5",
  };
}

/** Index by weight, for a number in [0, 1). */
function weightedPick(weights: readonly number[]): (number: number) => number {
  let total = 0;
  const sums = weights.map((weight) => {
    total += weight;
    return total;
  });
  return (number) => {
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) <= number * total) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

interface Kind {
  readonly surface: Intent["surface"];
  readonly verb: string;
  readonly resource: string;
  readonly facts: Intent["actions"][number]["facts"];
  readonly decision: Effect;
  /** The rule that decides, with its line; null: none, denied by default. */
  readonly rule: { readonly id: string; readonly line: number; readonly reason?: string } | null;
}

function kindOf({ session }: Attempt, random: Random): Kind {
  const dice = random();
  const object = `reports/2026/${1 + Math.floor(random() * 12)}/${one(TABLES, random)}-${Math.floor(random() * 1e6)}.parquet`;
  if (dice < 0.62) {
    const resource = `anthropic/${session.model}`;
    const facts = { model: session.model, stream: true, max_tokens: 32_000 };
    return { ...allow("llm", "llm:invoke", resource, facts), rule: { id: "line 4", line: 4 } };
  }
  if (dice < 0.78) {
    const tool = one(TOOLS, random);
    const facts = { tool };
    return {
      ...allow("hooks", `tool:${tool}`, `src/${object}`, facts),
      rule: { id: "line 7", line: 7 },
    };
  }
  if (dice < 0.86) {
    const resource = `crm/${one(TABLES, random)}`;
    return { ...allow("mcp", "mcp:call", resource, {}), rule: { id: "line 5", line: 5 } };
  }
  if (dice < 0.93) {
    const get = { ...allow("aws", "aws:s3:GetObject", `data-lake/${object}`, {}) };
    return { ...get, rule: { id: "reads-only", line: 10 } };
  }
  if (dice < 0.95) {
    const resource = `github.com/acme/${one(TABLES, random)}:refs/heads/agent-${Math.floor(random() * 900)}`;
    return { ...allow("git", "git:push", resource, {}), rule: { id: "pushes", line: 8 } };
  }
  if (dice < 0.985) {
    const deny = { ...allow("aws", "aws:s3:DeleteObject", `data-lake/${object}`, {}) };
    const reason = "Objects are not deleted by agents.";
    return { ...deny, decision: "deny", rule: { id: "no-deletes", line: 12, reason } };
  }
  const resource = `https://api.example.com/v1/${one(TABLES, random)}/${Math.floor(random() * 1e5)}`;
  if (dice < 0.995) {
    const post = allow("http", "http:post", resource, { method: "POST" });
    return { ...post, decision: "approve", rule: { id: "posts", line: 15 } };
  }
  return { ...allow("http", "http:delete", resource, { method: "DELETE" }), decision: "deny" };
}

function allow(
  ...[surface, verb, resource, facts]: [Kind["surface"], string, string, Kind["facts"]]
): Kind {
  return { surface, verb, resource, facts, decision: "allow", rule: null };
}

const EXPLAINED = { allow: "Allowed", approve: "Waits for approval", deny: "Denied" } as const;

/** The call as it is admitted. */
export function intentOf(
  org: LargeOrg,
  attempt: Attempt,
  given: { readonly instance: string; readonly random: Random },
): Intent {
  const { session } = attempt;
  const kind = kindOf(attempt, given.random);
  const { decision, verb, resource, facts } = kind;
  const rules: RuleReference[] =
    kind.rule === null
      ? []
      : [{ ...kind.rule, policyId: org.policy, version: 1, effect: decision }];
  const isRefused = decision !== "allow";
  return {
    ...{ id: newIdAt(attempt.epochMs), org: org.id, revision: org.revision },
    ...{ instance: given.instance, ...session.agent, user: session.user },
    ...{ session: session.id, clientSession: session.clientSession, newSession: attempt.isFirst },
    ...{ subagent: null, parentSubagent: null, tier: "interactive" },
    clientRef: kind.surface === "hooks" ? `toolu_${newRandomId().slice(0, 8)}` : null,
    ...{ surface: kind.surface, verb, resource, actions: [{ verb, resource, facts }] },
    actionHash: "5e".repeat(32),
    ...{ decision, would: decision, rules, wouldRules: rules },
    explanation: explain(kind),
    policies: [{ policyId: org.policy, version: 1 }],
    labels: given.random() < 0.02 ? ["pii"] : [],
    ...{ findings: [], requestBytes: 200 + Math.floor(given.random() * 60_000), payload: null },
    ...(isRefused
      ? { status: 403, error: "denied", latencyMs: 1 + Math.floor(given.random() * 6) }
      : { status: null, error: null, latencyMs: null }),
  };
}

function explain({ decision, rule }: Kind): string {
  if (rule === null) return "Denied: no rule allows it.";
  const name = rule.id.startsWith("line ")
    ? `the rule on ${rule.id}`
    : `rule \`${rule.id}\` (line ${rule.line})`;
  return `${EXPLAINED[decision]} by ${name}${rule.reason === undefined ? "." : `: ${rule.reason}`}`;
}

/** How an admitted call ended. Models cost money; some providers fail. */
export function outcomeOf(intent: Intent, { model }: LargeSession, random: Random): Outcome {
  const dice = random();
  const latencyMs = 40 + Math.floor(random() ** 3 * 30_000);
  const outcome = {
    ...bareOutcome(intent.org, intent.id, "done"),
    ...{ status: 200, latencyMs, firstByteMs: Math.floor(latencyMs / 3), responseBytes: 4_000 },
  } as const;
  if (dice < 0.015) {
    const [status, error] = dice < 0.008 ? [429, "rate_limited"] : [529, "overloaded"];
    return { ...outcome, outcome: "upstream_error", status, error };
  }
  if (dice < 0.02) return { ...outcome, outcome: "aborted", error: "client_gone" };
  if (intent.surface !== "llm") return outcome;
  const inputTokens = 500 + Math.floor(random() ** 2 * 90_000);
  const outputTokens = 20 + Math.floor(random() ** 2 * 3_000);
  const cacheReadTokens = Math.floor(inputTokens * random());
  const costMicros =
    3 * (inputTokens - cacheReadTokens) + 0.3 * cacheReadTokens + 15 * outputTokens;
  return {
    ...outcome,
    ...{ model, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens: 0 },
    ...{ metering: "reported", costMicros: Math.ceil(costMicros).toString(), priceTable: "list@1" },
    upstreamRequestId: `req_${newRandomId().slice(0, 12)}`,
  };
}

function one<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}
