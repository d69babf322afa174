/** `yolo policy preview`: what an agent may do, verb by verb and resource by resource. */
import { EFFECTS } from "@yolo/core/decision";
import { previewPolicy } from "@yolo/policy/preview";
import { z } from "zod";
import { API_HELP, apiOptions, connectApi } from "../api.ts";
import { type Command, readArguments } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { columns, EFFECT_STYLES, painterFor } from "../style.ts";
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
  json: { type: "boolean", default: false },
} as const;

const effect = z.enum(EFFECTS);
const rule = z.object({ policyName: z.string(), line: z.int() });
const rows = z.array(
  z.object({
    verb: z.string(),
    resource: z.string(),
    effect,
    would: effect,
    rules: z.array(rule),
    conditional: z.array(rule),
  }),
);
type Rows = z.output<typeof rows>;

export const policyPreview: Command = {
  usage: "policy preview [<file>…] [--agent <name|agt_…>]",
  summary: "What an agent may do: verb, resource, decision and the line that makes it.",
  help: [...SUBJECT_HELP, "--json                  one JSON object instead of lines", ...API_HELP],
  async run(args, io) {
    const { values, positionals } = readArguments(args, options);
    const data = isPublished(values)
      ? await ask(await askedSubject(values, positionals, io), connectApi(io, values["org-url"]))
      : previewFiles(assumedSubject(values), await readFiles(positionals, io));
    if (values.json) io.out(JSON.stringify({ data }));
    else show(data, io);
    return EXIT.ok;
  },
};

async function ask(who: object, api: ReturnType<typeof connectApi>): Promise<Rows> {
  return (await api.post("/policies/preview", who, z.object({ data: rows }))).data;
}

function previewFiles(
  subject: ReturnType<typeof assumedSubject>,
  sources: Awaited<ReturnType<typeof readFiles>>,
): Rows {
  const named = ({ policyId, line }: { readonly policyId: string; readonly line: number }) => ({
    policyName: policyId,
    line,
  });
  return previewPolicy(sources, subject).map(({ verb, resource, decision, conditional }) => ({
    ...{ verb, resource, effect: decision.effect, would: decision.would },
    rules: decision.rules.map(named),
    conditional: conditional.map(named),
  }));
}

function show(data: Rows, io: Io): void {
  const paint = painterFor(io);
  if (data.length === 0) io.out("No rule is about this agent: it may do nothing.");
  const lines = columns(
    data.map(({ verb, resource, effect: decided, would, rules, conditional }) => {
      const by = rules.map(({ policyName, line }) => `${policyName}:${line}`).join(", ");
      const unless = conditional.map(({ policyName, line }) => `${policyName}:${line}`).join(", ");
      const notes = [
        by,
        would === decided ? "" : `would be ${would}`,
        unless === "" ? "" : `unless ${unless}`,
      ];
      return [decided, verb, resource, notes.filter((note) => note !== "").join("; ")];
    }),
  );
  for (const [index, line] of lines.entries()) {
    const decided = data[index]?.effect ?? "deny";
    io.out(line.trimEnd().replace(decided, paint(EFFECT_STYLES[decided], decided)));
  }
}
