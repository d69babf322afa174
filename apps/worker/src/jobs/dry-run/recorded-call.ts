/** A record read back as what was decided: who, which actions, when. Arguments come from the payload. */
import type { Action, Actions, Json, Verb } from "@yolo/core/action";
import { encodeId } from "@yolo/core/ids";
import { VERB_FAMILIES } from "@yolo/core/verb-family";
import type { RecordRow } from "@yolo/ledger/read-records";
import type { Subject } from "@yolo/policy/engine";
import { matchesAny } from "@yolo/policy/glob";
import type { ResolvedRule } from "@yolo/policy/resolve";
import { TIERS } from "@yolo/policy/tiers";
import { canonicalAction, familyOf, generalVerb, isFamily, matchesVerb } from "@yolo/policy/verb";
import { z } from "zod";

export interface RecordedCall {
  readonly subject: Subject;
  /** Without their arguments. */
  readonly actions: readonly Action[];
  readonly at: number;
}

const json: z.ZodType<Json> = z.json();
const facts = z.record(z.string(), json);
const storedActions = z
  .array(z.object({ verb: z.string().refine(isVerb), resource: z.string(), facts }))
  .min(1);
const storedRecord = z.object({ v: z.literal(1), tier: z.enum(TIERS), actions: storedActions });

/** Undefined: the record is not in a form that can be decided again. */
export function readCall(row: RecordRow): RecordedCall | undefined {
  const { agentName, projectSlug } = row;
  const parsed = storedRecord.safeParse(row);
  if (!parsed.success || agentName === null || projectSlug === null) return undefined;
  const { tier, actions } = parsed.data;
  return {
    subject: {
      agent: { id: encodeId("agent", row.agentId), name: agentName, project: projectSlug },
      // Nobody proves who they are yet, and what is claimed about nobody is not on record.
      user: { id: row.userId, verified: false, roles: [], groups: [], scopes: [], claims: {} },
      session: { id: encodeId("session", row.sessionId) },
      tier,
    },
    actions: actions.map((action) => ({ ...action, args: {} })),
    at: row.at.getTime(),
  };
}

const storedArguments = z.object({ v: z.literal(1), args: z.array(facts) });

/** The actions with the arguments of an opened request payload; undefined where they do not fit together. */
export function withArguments(
  actions: readonly Action[],
  payload: Buffer,
): readonly Action[] | undefined {
  const parsed = storedArguments.safeParse(parseJson(payload));
  if (!parsed.success || parsed.data.args.length !== actions.length) return undefined;
  return actions.map((action, index) => ({ ...action, args: parsed.data.args[index] ?? {} }));
}

/** Whether one of the rules, which look at arguments, is about one of the actions: the decision may hang on them. */
export function needsArguments(
  argumentRules: readonly ResolvedRule[],
  actions: readonly Action[],
): boolean {
  if (argumentRules.length === 0) return false;
  const attempts = actions.flatMap(attemptsOf);
  return argumentRules.some(({ heads }) =>
    heads.some((head) => attempts.some((attempt) => isAbout(head, attempt))),
  );
}

type Attempt = Pick<Action, "verb" | "resource">;

function isAbout({ verb, resources }: ResolvedRule["heads"][number], attempt: Attempt): boolean {
  if (!matchesVerb(verb, attempt.verb)) return false;
  const family = familyOf(attempt.verb);
  const about = isFamily(family) ? resources.get(family) : undefined;
  if (about === undefined) return false;
  return about.patterns === undefined || matchesAny(about.patterns, attempt.resource);
}

export function isNotEmpty(actions: readonly Action[]): actions is Actions {
  return actions.length > 0;
}

/** The action as it is compared, and again under its general verb. */
function attemptsOf(given: Action): Attempt[] {
  const canonical = canonicalAction(given);
  if ("problem" in canonical) return [];
  const { action } = canonical;
  const general = generalVerb(action.verb);
  return general === undefined ? [action] : [action, { ...action, verb: general }];
}

function isVerb(text: string): text is Verb {
  return VERB_FAMILIES.some((family) => text.startsWith(`${family}:`));
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
