/** `yolo policy explain`: why an attempt is decided as it is, and why not otherwise. */
import type { Json } from "@yolo/core/action";
import { EFFECTS, type Effect } from "@yolo/core/decision";
import { explainAction } from "@yolo/policy/explain";
import { readConcreteVerb, verbOf } from "@yolo/policy/verb";
import { z } from "zod";
import { API_HELP, apiOptions, connectApi } from "../api.ts";
import { type Command, readArguments } from "../command.ts";
import { EXIT, UsageError } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { EFFECT_STYLES, painterFor } from "../style.ts";
import { readFiles } from "./files.ts";
import {
  askedSubject,
  assumedSubject,
  isPublished,
  SUBJECT_HELP,
  subjectOptions,
} from "./subject.ts";

const options = {
  ...apiOptions,
  ...subjectOptions,
  args: { type: "string" },
  facts: { type: "string" },
  at: { type: "string" },
  expect: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const effect = z.enum(EFFECTS);

const explanation = z.object({
  effect,
  would: effect,
  explanation: z.string(),
  steps: z.array(
    z.object({
      verb: z.string(),
      resource: z.string(),
      rules: z.array(
        z.object({
          policyName: z.string(),
          line: z.int(),
          text: z.string(),
          failed: z.string().nullable(),
          error: z.string().nullable(),
          isEnforced: z.boolean(),
        }),
      ),
    }),
  ),
});
type Explanation = z.output<typeof explanation>;

/** Rules that do not match and are shown nevertheless: the nearest. */
const NEAREST = 5;

export const policyExplain: Command = {
  usage: "policy explain <verb> <resource> [<file>…] [--agent <name|agt_…>]",
  summary: "Why an attempt is decided so, and why not otherwise.",
  help: [
    ...SUBJECT_HELP,
    "--args <json>           the attempt's arguments, --facts <json> its facts",
    "--at <moment>           RFC 3339; else now",
    `--expect <effect>       another decision than this one (${EFFECTS.join(", ")}) is a finding`,
    "--json                  one JSON object instead of lines",
    ...API_HELP,
  ],
  async run(args, io) {
    const { values, positionals } = readArguments(args, options);
    const [verb, resource, ...paths] = positionals;
    if (verb === undefined || resource === undefined) {
      throw new UsageError("say the verb and the resource that are attempted");
    }
    const expected = values.expect === undefined ? undefined : effectOf(values.expect);
    const at = values.at === undefined ? undefined : momentOf(values.at);
    const attempt = {
      ...{ verb, resource, at },
      ...{ args: objectOf(values.args, "--args"), facts: objectOf(values.facts, "--facts") },
    };
    const found = isPublished(values)
      ? await ask(attempt, await askedSubject(values, paths, io), connectApi(io, values["org-url"]))
      : explainFiles(attempt, assumedSubject(values), await readFiles(paths, io));
    if (values.json) io.out(JSON.stringify(found));
    else show(found, io);
    return expected === undefined || expected === found.effect ? EXIT.ok : EXIT.findings;
  },
};

interface Attempt {
  readonly verb: string;
  readonly resource: string;
  readonly args: { readonly [name: string]: Json };
  readonly facts: { readonly [name: string]: Json };
  readonly at: Date | undefined;
}

function ask(
  { at, ...action }: Attempt,
  who: object,
  api: ReturnType<typeof connectApi>,
): Promise<Explanation> {
  const body = { ...who, action, ...(at !== undefined && { at: at.toISOString() }) };
  return api.post("/policies/explain", body, explanation);
}

function explainFiles(
  { verb, at = new Date(), ...rest }: Attempt,
  subject: ReturnType<typeof assumedSubject>,
  sources: Awaited<ReturnType<typeof readFiles>>,
): Explanation {
  const result = readConcreteVerb(verb);
  if ("problem" in result) throw new UsageError(result.problem);
  const action = { verb: verbOf(result.verb.text), ...rest };
  const moment = { now: at.getTime(), usage: {} };
  const { decision, steps } = explainAction(sources, { subject, action, moment });
  return {
    ...{ effect: decision.effect, would: decision.would, explanation: decision.explanation },
    steps: steps.map((step) => ({
      ...{ verb: step.action.verb, resource: step.action.resource },
      rules: step.rules.map(({ rule, text, failed = null, error = null, isEnforced }) => ({
        ...{ policyName: rule.policyId, line: rule.line, text, isEnforced },
        ...{ failed: failed ?? null, error: error ?? null },
      })),
    })),
  };
}

function show({ effect: decided, would, explanation: sentence, steps }: Explanation, io: Io): void {
  const paint = painterFor(io);
  io.out(`${paint(EFFECT_STYLES[decided], decided)}  ${sentence}`);
  if (would !== decided) {
    io.out(
      `${paint("dim", "would be")} ${paint(EFFECT_STYLES[would], would)} if everything were enforced`,
    );
  }
  for (const { verb, resource, rules } of steps) {
    io.out("");
    io.out(`${paint("bold", verb)} on ${resource}`);
    const matching = rules.filter(({ failed }) => failed === null);
    const nearest = rules.filter(({ failed }) => failed !== null).slice(0, NEAREST);
    for (const { policyName, line, text, failed, error, isEnforced } of [...matching, ...nearest]) {
      const mark = failed === null ? paint("green", "matches") : paint("dim", `not: ${failed}`);
      const notes = [error ?? "", isEnforced ? "" : "in evaluate"].filter((note) => note !== "");
      const note = notes.length === 0 ? "" : paint("dim", ` (${notes.join("; ")})`);
      io.out(`  ${mark}  ${policyName}:${line}  ${text}${note}`);
    }
  }
}

function effectOf(text: string): Effect {
  const found = EFFECTS.find((one) => one === text);
  if (found !== undefined) return found;
  throw new UsageError(`--expect is one of ${EFFECTS.join(", ")}`);
}

function momentOf(text: string): Date {
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return new Date(text);
  throw new UsageError(`--at is a moment such as 2026-11-02T03:00:00Z, not ${text}`);
}

const json: z.ZodType<Json> = z.json();
const jsonObject = z.record(z.string(), json);

function objectOf(text: string | undefined, option: string): { readonly [name: string]: Json } {
  if (text === undefined) return {};
  try {
    return jsonObject.parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(`${option} is a JSON object`, { cause });
  }
}
