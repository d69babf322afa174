/**
 * The words of a policy document, defined once: what is refused, what a program gets, and the JSON Schema for editors
 * all come from here. Every object is strict; a word that is not here is an error.
 */
import type { Json } from "@yolo/core/action";
import { EFFECTS } from "@yolo/core/decision";
import * as z from "zod";
import { TIERS } from "./tiers.ts";

/** Longer than any resource, sentence or condition that can be used. */
const text = z.string().min(1).max(1_200);
const oneOrMore = z.union([text, z.array(text).min(1)]);
const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,4}(s|m|h|d)$/, "expected a duration such as `30m`");
const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const MODES = ["enforce", "evaluate"] as const;
export type Mode = (typeof MODES)[number];

export const PER = ["org", "project", "agent", "session", "user", "key", "model"] as const;

const whoSchema = z
  .strictObject({
    agents: oneOrMore.optional().describe("Names of agents, globs; any of them."),
    tiers: z
      .union([z.enum(TIERS), z.array(z.enum(TIERS)).min(1)])
      .optional()
      .describe("Kinds of client; any of them."),
    roles: oneOrMore.optional().describe("Roles of the verified user; any of them."),
    groups: oneOrMore.optional().describe("Groups of the verified user; any of them."),
    scopes: oneOrMore.optional().describe("Scopes of the verified user; all of them."),
    claims: z
      .record(text, scalar)
      .optional()
      .describe("Claims of the verified user; all of them, each equal to or a list that holds it."),
  })
  .refine((who) => Object.keys(who).length > 0, "`who` names nobody; say whom it is about")
  .meta({ minProperties: 1 })
  .describe("Whom the rule is about; every key given must hold.");

const ruleSchema = z
  .strictObject({
    allow: oneOrMore.optional().describe("Verbs that are allowed."),
    approve: oneOrMore.optional().describe("Verbs that wait for a person."),
    deny: oneOrMore.optional().describe("Verbs that are refused."),
    on: oneOrMore.optional().describe("Resources, globs; any of them. Left out: every resource."),
    who: whoSchema.optional(),
    if: text.optional().describe("A CEL condition; the rule counts only where it is true."),
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "expected small letters, digits, `-` and `_`")
      .optional()
      .describe("The rule's name in decisions; left out, its line names it."),
    always: z.boolean().optional().describe("Enforced even while the document is in evaluate."),
    reason: text.max(500).optional().describe("Said to the agent and to the person who decides."),
    by: oneOrMore.optional().describe("Who may decide."),
    quorum: z.int().min(1).max(20).optional().describe("How many must approve."),
    within: duration.optional().describe("Then the request expires: denied."),
    hold: duration.optional().describe("How long the call itself waits."),
    notify: oneOrMore.optional().describe("Where the request is announced."),
  })
  .describe("One rule: exactly one of `allow`, `approve`, `deny`.");

const volumeSchema = z.strictObject({
  sum: text.describe("A CEL expression that gives the number to add."),
  of: oneOrMore.describe("Verbs that are counted."),
  over: duration.describe("The rolling window."),
});

/** Under a name of its own: an object literal with this key would look like a promise to tools. */
const THEN = "then";

const limitSchema = z
  .strictObject({
    rate: z
      .string()
      .regex(
        /^[1-9][0-9]* per (second|minute|hour|day)$/,
        "expected a rate such as `100 per minute`",
      )
      .optional(),
    budget: z
      .string()
      .regex(
        /^(\$[0-9]+(\.[0-9]{1,2})?|[0-9]+(\.[0-9]+)?[kKM]? tokens)( per (hour|day|week|month))?$/,
        "expected a budget such as `$50 per day` or `2M tokens`",
      )
      .optional(),
    loop: z
      .string()
      .regex(
        /^[1-9][0-9]* identical (failures|calls)( in [1-9][0-9]*(s|m|h))?$/,
        "expected a loop such as `10 identical failures` or `50 identical calls in 30s`",
      )
      .optional(),
    per: z.enum(PER).optional(),
    alert: z
      .array(z.string().regex(/^[1-9][0-9]{0,2}%$/, "expected a share such as `80%`"))
      .optional(),
    [THEN]: z.enum(["deny", "pause", "approve", "notify"]).optional(),
    id: text.optional(),
    reason: text.max(500).optional(),
  })
  .describe("One limit: exactly one of `rate`, `budget`, `loop`.");

const contentPlaces = z.enum(["request", "response", "tool_result"]);
const contentSchema = z.strictObject({
  find: oneOrMore.describe("Types of finding, globs."),
  in: z.union([contentPlaces, z.array(contentPlaces).min(1)]).optional(),
  do: z.enum(["redact", "mask", "tokenize", "flag", "block"]),
  id: text.optional(),
  reason: text.max(500).optional(),
});

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(json),
    z.record(z.string(), json),
  ]),
);

const testSchema = z
  .strictObject({
    name: text.describe("The guarantee that is tested."),
    action: text.describe("The verb that is attempted."),
    on: text.describe("The resource that is acted on."),
    agent: text.optional().describe("Name of the agent."),
    project: text.optional().describe("Slug of the agent's project."),
    tier: z.enum(TIERS).optional().describe("Kind of client; left out: `interactive`."),
    session: text.optional().describe("The session's id."),
    user: z
      .strictObject({
        id: text.optional(),
        verified: z.boolean().optional(),
        roles: z.array(text).optional(),
        groups: z.array(text).optional(),
        scopes: z.array(text).optional(),
        claims: z.record(text, json).optional(),
      })
      .optional()
      .describe("The user; verified unless it says `verified: false`."),
    args: z.record(z.string(), json).optional().describe("Arguments that conditions read."),
    facts: z.record(z.string(), json).optional().describe("What else conditions read."),
    usage: z.record(text, z.number()).optional(),
    now: z.iso
      .datetime()
      .optional()
      .describe("The moment, UTC, for example `2026-11-02T03:00:00Z`."),
    expect: z.enum(EFFECTS).describe("What must be decided."),
    rule: text.optional().describe("The rule that must have made the decision."),
  })
  .describe("One test: this attempt is decided so, were every document enforced.");

/** The lists of a document with what each item of them is; items are read one by one. */
export const itemSchemas = {
  policies: text,
  rules: ruleSchema,
  limits: limitSchema,
  content: contentSchema,
  tests: testSchema,
};

export const documentSchema = z
  .strictObject({
    version: z.literal(1).optional().describe("Of the language; 1 is the only one."),
    mode: z.enum(MODES).optional().describe("`evaluate` logs what would have happened."),
    require: z.literal("user").optional().describe("Refuses calls without a verified user."),
    agent: text.optional().describe("Whom the document is for, a glob."),
    agents: oneOrMore.optional().describe("Whom the document is for, globs; any of them."),
    boundary: z.boolean().optional().describe("A ceiling: judged alone, never grants."),
    requires_approval: z.boolean().optional().describe("Makes each sentence wait for a person."),
    labels: z.record(text, oneOrMore).optional().describe("Label → resources that carry it."),
    volumes: z.record(text, volumeSchema).optional().describe("Named counters for conditions."),
    policies: z
      .array(text)
      .min(1)
      .optional()
      .describe("Sentences: `verb on resource`; each allows."),
    rules: z
      .array(ruleSchema)
      .min(1)
      .optional()
      .describe("Rules: deny before approve before allow, whatever their order."),
    limits: z.array(limitSchema).min(1).optional(),
    content: z.array(contentSchema).min(1).optional(),
    tests: z
      .array(testSchema)
      .min(1)
      .optional()
      .describe("Attempts and what must be decided; a failing one refuses to publish."),
  })
  .describe("A policy document.");

export type RawDocument = z.output<typeof documentSchema>;
export type RawRule = z.output<typeof ruleSchema>;
export type RawWho = z.output<typeof whoSchema>;
export type RawTest = z.output<typeof testSchema>;
