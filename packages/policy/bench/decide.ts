/**
 * Decisions and compilation with 1,000 rules, a tenth of them with a condition, beside Cedar on the same rules.
 * Run: `node packages/policy/bench/decide.ts`. Times are processor time of this process, so neighbours do not count.
 */

import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { Action } from "@yolo/core/action";
import { compilePolicy, type PolicySource } from "../src/compile.ts";
import type { Subject } from "../src/engine.ts";

const RULES = 1_000;
const GOALS = { decideMicros: 5, compileMs: 50 };

interface Rule {
  readonly effect: "allow" | "deny";
  readonly verb: string;
  /** Everything below this is meant. */
  readonly below: string;
  /** The rule counts where `args.count` is above this. */
  readonly above: number | undefined;
}

const rules: readonly Rule[] = Array.from({ length: RULES }, (_, index) => ({
  effect: index % 5 === 4 ? "deny" : "allow",
  verb: ["git:fetch", "mcp:call", "http:get", "db:select"][index % 4] ?? "git:fetch",
  below: `host-${index % 7}.example/team-${index % 50}/thing-${index}`,
  above: index % 10 === 0 ? index : undefined,
}));

function ours(): string {
  const lines = rules.map(({ effect, verb, below, above }) => {
    const condition = above === undefined ? "" : `, if: args.count > ${above}`;
    return `  - { ${effect}: ${verb}, on: ${below}/**${condition} }`;
  });
  return `version: 1\nrules:\n${lines.join("\n")}\n`;
}

function cedars(): string {
  return rules
    .map(({ effect, verb, below, above }) => {
      const head = `${effect === "allow" ? "permit" : "forbid"}(principal, action == Action::"${verb}", resource)`;
      const condition = above === undefined ? "" : ` && context.count > ${above}`;
      return `${head} when { resource.path like "${below}/*"${condition} };`;
    })
    .join("\n");
}

const subject: Subject = {
  agent: { id: "agt_1", name: "agent", project: "shop" },
  user: { id: "u", verified: true, roles: [], groups: [], scopes: [], claims: {} },
  session: { id: "ses_1" },
  tier: "api",
};
const moment = { now: 0, usage: {} };

/** Attempts on rules spread over the policy, and one that no rule is about. */
const attempts: readonly Action[] = [0, 1, 3, 4, 250, 499, 500, 777, 998, 1_500].map((index) => {
  const { verb, below } = rules[index] ?? { verb: "git:fetch", below: "host.example/other/thing" };
  const [family = "", name = ""] = verb.split(":");
  const known = family === "git" || family === "mcp" || family === "http" ? family : "db";
  return { verb: `${known}:${name}`, resource: `${below}/a/b`, args: { count: 5_000 }, facts: {} };
});

const sources: readonly PolicySource[] = [
  { policyId: "bench", version: 1, layer: "org", text: ours() },
];
const engine = compilePolicy(sources);
preparsePolicySet("bench", { staticPolicies: cedars() });

function decideOurs(action: Action): boolean {
  return engine.decide(subject, action, moment).effect === "allow";
}

function decideCedars(action: Action): boolean {
  const resource = { type: "Resource", id: action.resource };
  const answer = statefulIsAuthorized({
    principal: { type: "Agent", id: "agt_1" },
    action: { type: "Action", id: action.verb },
    resource,
    context: { count: 5_000 },
    preparsedPolicySetId: "bench",
    entities: [{ uid: resource, attrs: { path: action.resource }, parents: [] }],
  });
  if (answer.type === "failure")
    throw new Error(answer.errors.map(({ message }) => message).join());
  return answer.response.decision === "allow";
}

/** Microseconds of processor time for one call, the fastest of several rounds. */
function microsOf(calls: number, run: () => void, rounds = 7): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) run();
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / calls);
  }
  return fastest;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const action of attempts) {
  if (decideOurs(action) !== decideCedars(action))
    throw new Error(`they differ on ${action.resource}`);
}
const total = { ours: 0, cedars: 0 };
print("decision, µs of processor time               ours   Cedar");
for (const action of attempts) {
  const mine = microsOf(20_000, () => decideOurs(action));
  const theirs = microsOf(40, () => decideCedars(action));
  total.ours += mine / attempts.length;
  total.cedars += theirs / attempts.length;
  const { effect } = engine.decide(subject, action, moment);
  const what = `${effect} ${action.verb} ${action.resource}`.slice(0, 44).padEnd(44);
  print(`${what}${mine.toFixed(2).padStart(5)}${theirs.toFixed(1).padStart(8)}`);
}
print(
  `${"mean".padEnd(44)}${total.ours.toFixed(2).padStart(5)}${total.cedars.toFixed(1).padStart(8)}`,
);
const compileMs = microsOf(1, () => compilePolicy(sources), 30) / 1_000;
const cedarMs =
  microsOf(1, () => preparsePolicySet("again", { staticPolicies: cedars() }), 30) / 1_000;
print(`compile ${RULES} rules, ms: ours ${compileMs.toFixed(1)}, Cedar ${cedarMs.toFixed(1)}`);
const isFast = total.ours <= GOALS.decideMicros && compileMs <= GOALS.compileMs;
print(
  `goals (≤ ${GOALS.decideMicros} µs a decision, ≤ ${GOALS.compileMs} ms to compile): ${isFast ? "met" : "missed"}`,
);
process.exitCode = isFast ? 0 : 1;
