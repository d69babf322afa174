/** `yolo policy diff`: what changes in terms of rules, between files or against what is published. */
import { compilePolicy } from "@yolo/policy/compile";
import { diffPolicies } from "@yolo/policy/diff";
import { z } from "zod";
import { API_HELP, apiOptions, connectApi } from "../api.ts";
import { type Command, readArguments } from "../command.ts";
import { EXIT, UsageError } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { type Paint, painterFor } from "../style.ts";
import { readFiles } from "./files.ts";

const options = {
  ...apiOptions,
  policy: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  json: { type: "boolean", default: false },
  "exit-code": { type: "boolean", default: false },
} as const;

const rule = z.object({
  line: z.int(),
  id: z.string().nullish(),
  text: z.string(),
});

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("added"), after: rule }),
  z.object({ kind: z.literal("removed"), before: rule }),
  z.object({ kind: z.literal("changed"), before: rule, after: rule, parts: z.array(z.string()) }),
  z.object({
    kind: z.literal("setting"),
    document: z.int(),
    name: z.string(),
    before: z.string(),
    after: z.string(),
  }),
]);
const changes = z.array(change);
type Change = z.output<typeof change>;

export const policyDiff: Command = {
  usage: "policy diff <before> <after> | --policy <pol_…> [<file>] [--from <n>] [--to <n>]",
  summary: "What changes in terms of rules.",
  help: [
    "--policy <id>     compare with what is published; <file> is a draft of it",
    "--from <n>        this version instead of the one in force",
    "--to <n>          with this version instead of a file",
    "--exit-code       differences are findings",
    "--json            one JSON object instead of lines",
    ...API_HELP,
  ],
  async run(args, io) {
    const { values, positionals } = readArguments(args, options);
    const found = await (values.policy === undefined
      ? betweenFiles(positionals, values, io)
      : withPublished(values.policy, positionals, values, io));
    if (values.json) io.out(JSON.stringify({ changes: found }));
    else show(found, io);
    return values["exit-code"] && found.length > 0 ? EXIT.findings : EXIT.ok;
  },
};

interface Values {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly "org-url"?: string | undefined;
}

async function betweenFiles(
  paths: readonly string[],
  { from, to }: Values,
  io: Io,
): Promise<readonly Change[]> {
  const [before, after, ...others] = paths;
  if (from !== undefined || to !== undefined) {
    throw new UsageError("--from and --to are versions of --policy <pol_…>");
  }
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UsageError("name two files, or --policy and at most one");
  }
  const [old, fresh] = await readFiles([before, after], io);
  if (old === undefined || fresh === undefined) return [];
  // Whichever has errors is named by its file.
  for (const source of [old, fresh]) compilePolicy([source]);
  return changes.parse(diffPolicies(old.text, fresh.text));
}

async function withPublished(
  policy: string,
  paths: readonly string[],
  { from, to, "org-url": orgUrl }: Values,
  io: Io,
): Promise<readonly Change[]> {
  const [path, ...others] = paths;
  if (others.length > 0 || (path === undefined) === (to === undefined)) {
    throw new UsageError("with --policy, name one file or --to <version>");
  }
  const body = {
    ...(from !== undefined && { from: versionOf(from) }),
    ...(to !== undefined && { to: versionOf(to) }),
    ...(path !== undefined && { text: await io.read(path) }),
  };
  const api = connectApi(io, orgUrl);
  const answer = z.object({ changes });
  const route = `/policies/${encodeURIComponent(policy)}/diff`;
  return (await api.post(route, body, answer)).changes;
}

function versionOf(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`${text} is not a version`);
}

function show(found: readonly Change[], io: Io): void {
  const paint = painterFor(io);
  if (found.length === 0) io.out("No rule changes.");
  for (const line of found.flatMap((one) => linesOf(one, paint))) io.out(line);
}

function linesOf(one: Change, paint: Paint): string[] {
  switch (one.kind) {
    case "added":
      return [paint("green", `+ ${ruleLine(one.after)}`)];
    case "removed":
      return [paint("red", `- ${ruleLine(one.before)}`)];
    case "changed":
      return [
        paint("red", `- ${ruleLine(one.before)}`),
        paint("green", `+ ${ruleLine(one.after)}`),
        paint("dim", `  changed: ${one.parts.join(", ")}`),
      ];
    case "setting":
      return [
        paint(
          "yellow",
          `~ ${one.name}: ${one.before || "(none)"} → ${one.after || "(none)"} (document ${one.document + 1})`,
        ),
      ];
    default:
      return one satisfies never;
  }
}

function ruleLine({ line, id, text }: z.output<typeof rule>): string {
  return `line ${line}${id ? ` \`${id}\`` : ""}: ${text}`;
}
