/** Random policies and attempts from a vocabulary small enough for them to meet. */
import type { Action, Json, Verb } from "@yolo/core/action";
import type { Effect } from "@yolo/core/decision";
import type { Subject } from "../src/engine.ts";
import { CONDITION_TEXTS, LLM_CONDITION_TEXTS } from "./conditions.ts";
import type { Random } from "./random.ts";

type Choices<Value> = readonly [Value, ...Value[]];

interface Kind {
  readonly verbs: Choices<Verb>;
  /** As policies write them. */
  readonly words: Choices<string>;
  readonly globs: Choices<string>;
  readonly resources: Choices<string>;
}

const GIT_REFS: Choices<string> = [
  "main",
  "refs/heads/main",
  "feature/a",
  "refs/heads/feature/a/b",
  "refs/tags/v1",
  "release#refs/heads/main",
  "feature/../main",
  "a.lock",
];

const KINDS: Choices<Kind> = [
  {
    verbs: ["git:push", "git:fetch", "git:force_push", "git:delete_ref", "git:create_tag"],
    words: ["git:push", "git:*", "git:force_push", "git:fetch", "git:delete_ref", "git:create_tag"],
    globs: [
      "**",
      "github.com/acme/**",
      "github.com/acme/app",
      "GitHub.com/Acme/*.git",
      "github.com/acme/*#main",
      "github.com/{acme,beta}/app#refs/heads/**",
      "branches/feature/**",
      "branches/main",
      "tags/**",
      "refs/heads/main",
      "**/app#refs/heads/feature/**",
      "github.com/acme/a?p#**",
    ],
    resources: [
      "github.com/acme/app",
      "GitHub.com/Acme/App.git",
      "github.com/acme//app/",
      "github.com/beta/app",
      "github.com/acme/api",
      "gitlab.com/acme/app",
      "github.com/acme",
      "github.com/%61cme/app",
    ],
  },
  {
    verbs: [
      "aws:s3:GetObject",
      "aws:s3:DeleteObject",
      "aws:s3:getobject",
      "aws:iam:PassRole",
      "aws:ecs:UpdateService",
    ],
    words: [
      "s3:GetObject",
      "aws:s3:*",
      "aws:*",
      "aws:s3:Get*",
      "aws:iam:PassRole",
      "iam:*",
      "aws:s3:?eleteObject",
    ],
    globs: [
      "*",
      "arn:aws:s3:::data/*",
      "arn:aws:s3:::data/raw/*",
      "arn:aws:iam::*:role/*",
      "arn:aws:s3:::d?ta/*/x",
      "arn:aws:s3:::{data,lake}/*",
    ],
    resources: [
      "arn:aws:s3:::data/raw/x",
      "arn:aws:s3:::Data/raw/x",
      "s3://data/raw/x",
      "data/raw/x",
      "https://data.s3.eu-west-1.amazonaws.com/raw/x",
      "s3.amazonaws.com/Data/raw/%78",
      "arn:aws:s3:::lake/a/../x",
      "arn:aws:iam::1:role/x",
      "*",
      "data.s3.amazonaws.com/raw/x?versionId=1",
      "https://minio.example/data/raw/x",
      "sqs.eu-west-1.amazonaws.com/raw/x",
      "data.s3.amazonaws.com/raw%2fx",
      "data.s3.amazonaws.com/raw/../x",
    ],
  },
  {
    verbs: ["http:get", "http:post", "http:delete"],
    words: ["http:get", "http:*", "http:p*"],
    globs: [
      "**",
      "crm/**",
      "crm/api/*",
      "CRM/api/contacts/**",
      "crm/%61pi/**",
      "wiki/{a,b}/**",
      "*/api/contacts",
      "crm/a?i/**",
      "crm/caf\u00e9/**",
      "crm/**/contacts",
    ],
    resources: [
      "crm/api/contacts",
      "crm/api/contacts/7",
      "CRM/api/contacts/",
      "crm//api/./contacts",
      "crm/x/../api/contacts",
      "crm/%61pi/cont%61cts",
      "crm/api%2fcontacts",
      "crm/%2561pi",
      "crm/%2e%2e/api",
      "crm/../x",
      "wiki/a/1",
      "wiki/b",
      "crm",
      "crm/contacts",
      "crm/a/i",
      "crm/api;x",
      "crm/caf\u00e9",
      "crm/cafe\u0301",
    ],
  },
  {
    verbs: ["mcp:call", "mcp:read", "mcp:list"],
    words: ["mcp:call", "mcp:*", "mcp:read"],
    globs: ["**", "mailer/**", "mailer/send", "*/send", "ehr/**", "m?iler/*end", "vault/**/open"],
    resources: [
      "mailer/send",
      "Mailer/send",
      "mailer./send",
      "mailer/a/b",
      "ehr/read",
      "vault/open",
      "vault/a/b/open",
      "ehr",
      "mailer/../ehr",
    ],
  },
  {
    verbs: ["llm:invoke", "llm:mcp_server", "llm:server_tool", "llm:fetch_url"],
    words: ["llm:invoke", "llm:*", "llm:mcp_server", "llm:server_tool", "llm:fetch_url"],
    globs: [
      "**",
      "anthropic/claude-*",
      "anthropic/**",
      "bedrock/**",
      "evil.example/**",
      "evil.example/%73se",
      "anthropic/claude-{opus,sonnet}-*",
    ],
    resources: [
      "anthropic/claude-opus-4",
      "Anthropic/claude-sonnet-4",
      "bedrock/anthropic.claude:0",
      "evil.example/sse",
      "EVIL.example.:443/a/../sse",
      "evil.example/%73s%65",
      "anthropic/claude",
      "anthropic/web_search",
    ],
  },
  {
    verbs: ["tool:Bash", "tool:Write", "tool:WebFetch"],
    words: ["tool:Write", "tool:*", "tool:Bash", "tool:WebFetch", "tool:W*"],
    globs: ["**", "/repo/**", "**/.env", "npm *", "https://Docs.example/**", "/repo/./x/**"],
    resources: [
      "/repo/a.ts",
      "/repo/../etc/x",
      "/repo/x/.env",
      "\\repo\\a.ts",
      "npm test",
      "https://docs.example/a?b=c",
      "HTTPS://DOCS.example:443/a/../b#c",
      "https://me@docs.example/",
      "../x",
    ],
  },
  {
    verbs: ["db:drop", "db:select", "custom:deploy", "custom:undo", "agent:spawn"],
    words: ["db:*", "db:drop", "custom:deploy", "custom:*", "agent:*"],
    globs: ["**", "production/**", "PRODUCTION/*/orders", "staging/?"],
    resources: ["production/shop/orders", "PRODUCTION/shop//orders", "staging/a", "a/../b", "b"],
  },
];

const NAMES: Choices<string> = ["deployer", "ci-1", "ci-2", "reviewer"];
const AGENT_GLOBS: Choices<string> = ["deployer", "ci-*", "shop/*", "**", "reviewer", "web/ci-?"];
const WORDS: Choices<string> = ["a", "b", "c"];

const EFFECTS: Choices<Effect> = ["allow", "allow", "allow", "approve", "deny"];

/** The text of one or more documents; every rule has a line of its own. Without `allow` there are no sentences. */
export function randomPolicy(random: Random, effects = EFFECTS): string {
  const count = 1 + random.below(4);
  return Array.from({ length: count }, () => randomDocument(random, effects)).join("---\n");
}

/** Lines of `rules:`, each a deny. */
export function randomDenials(random: Random): readonly string[] {
  return Array.from({ length: 1 + random.below(3) }, () => ruleLine(random, ["deny"]));
}

function randomDocument(random: Random, effects: Choices<Effect>): string {
  const lines: string[] = [];
  if (random.chance(30)) lines.push("mode: evaluate");
  if (random.chance(15)) lines.push("require: user");
  if (random.chance(20)) lines.push("boundary: true");
  if (random.chance(30)) lines.push(`agents: ${JSON.stringify(random.some(AGENT_GLOBS, 2))}`);
  if (random.chance(30)) {
    const globs = random.some(
      ["ehr/**", "arn:aws:s3:::data/*", "github.com/acme/**", "crm/api/*"],
      2,
    );
    lines.push(
      `labels: ${JSON.stringify({ phi: globs, pci: random.pick(["**/orders", "*/send"]) })}`,
    );
  }
  const hasSentences = effects.includes("allow");
  const sentences = Array.from({ length: hasSentences ? random.below(3) : 0 }, () =>
    randomSentence(random),
  );
  if (sentences.length > 0) {
    if (random.chance(40)) lines.push("requires_approval: true");
    lines.push("policies:", ...sentences.map((text) => `  - ${JSON.stringify(text)}`));
  }
  lines.push("rules:");
  const count = 1 + random.below(6);
  for (let at = 0; at < count; at += 1) lines.push(ruleLine(random, effects));
  return `${lines.join("\n")}\n`;
}

function ruleLine(random: Random, effects: Choices<Effect>): string {
  return `  - ${JSON.stringify(randomRule(random, random.pick(effects)))}`;
}

function randomSentence(random: Random): string {
  const kind = random.pick(KINDS);
  const verb = random.pick(kind.words);
  return `${verb} on ${onlyReading(random.pick(kind.globs), [verb])}`;
}

function randomRule(random: Random, effect: Effect): Record<string, unknown> {
  const kind = random.pick(KINDS);
  const isAny = random.chance(8);
  const verbs: Choices<string> = isAny ? ["*"] : random.some(kind.words, 2);
  const rule: Record<string, unknown> = { [effect]: verbs.length === 1 ? verbs[0] : verbs };
  if (random.chance(75))
    rule.on = random
      .some(kind.globs, 2)
      .map((glob) => onlyReading(deepened(glob, effect, isAny), verbs));
  if (random.chance(25)) rule.who = randomWho(random);
  const isLlm = isAny || verbs.some((verb) => verb.startsWith("llm:"));
  if (random.chance(25)) rule.if = random.pick(isLlm ? LLM_CONDITION_TEXTS : CONDITION_TEXTS);
  if (random.chance(20)) rule.always = true;
  return rule;
}

/** Verbs that a wildcard stands for spell a resource in their own ways; it must be one that all of them leave alone. */
function onlyReading(glob: string, verbs: readonly string[]): string {
  return verbs.some((verb) => /^(llm|tool):.*[*?]/.test(verb))
    ? glob.replace("/./", "/").replace("%73", "s")
    : glob;
}

/** Outside AWS a deny or an approve must not end in a lone star. */
function deepened(glob: string, effect: string, isAny: boolean): string {
  return effect !== "allow" &&
    /(^|[/#])\*$/.test(glob) &&
    (isAny || glob !== "*") &&
    !glob.startsWith("arn:")
    ? `${glob}*`
    : glob;
}

function randomWho(random: Random): Record<string, unknown> {
  const who: Record<string, unknown> = {};
  const part = random.pick(["agents", "tiers", "roles", "groups", "scopes", "claims"]);
  if (part === "agents") who.agents = random.some(AGENT_GLOBS, 2);
  if (part === "tiers")
    who.tiers = random.some(["interactive", "subagent", "background", "api"], 2);
  if (part === "claims") who.claims = { level: random.pick([1, 2, "1"]) };
  if (part === "roles" || part === "groups" || part === "scopes") who[part] = random.some(WORDS, 2);
  if (random.chance(20)) who.roles = random.some(WORDS, 2);
  return who;
}

export function randomSubject(random: Random): Subject {
  const claims: Record<string, Json> = {};
  if (random.chance(70)) claims.level = random.pick<Json>([1, 2, "1", [1, 3], null]);
  return {
    agent: { id: "agt_1", name: random.pick(NAMES), project: random.pick(["shop", "web"]) },
    user: {
      id: "user",
      verified: random.chance(70),
      roles: random.some(WORDS, 2),
      groups: random.some(WORDS, 2),
      scopes: random.some(WORDS, 3),
      claims,
    },
    session: { id: "ses_1" },
    tier: random.pick(["interactive", "subagent", "background", "api"]),
  };
}

export function randomAction(random: Random): Action {
  const kind = random.pick(KINDS);
  const verb = random.pick(kind.verbs);
  const resource = random.pick(random.chance(97) ? kind.resources : random.pick(KINDS).resources);
  const isRef = verb.startsWith("git:") && verb !== "git:fetch" && random.chance(90);
  const args: Record<string, Json> = {};
  if (random.chance(80)) args.n = random.pick<Json>([3, 7, 7.5, "7", null, true]);
  if (random.chance(60)) args.flag = random.pick<Json>([true, false, true, 1, null]);
  if (random.chance(60)) args.list = random.pick<Json>([["a"], ["b", "c"], [], "a", [1, "a"]]);
  const facts: Record<string, Json> = {};
  if (random.chance(15)) facts.labels = random.pick<Json>([["phi"], ["pci", 3], "phi"]);
  return { verb, resource: isRef ? `${resource}#${random.pick(GIT_REFS)}` : resource, args, facts };
}
