/** Who would act, from a command's options: assumed for files, an agent of the org for the API. */
import type { Subject } from "@yolo/policy/engine";
import { TIERS } from "@yolo/policy/tiers";
import { UsageError } from "../exit-code.ts";
import type { Io } from "../io.ts";

const many = { type: "string", multiple: true } as const;

export const subjectOptions = {
  agent: { type: "string" },
  project: { type: "string" },
  policy: { type: "string" },
  tier: { type: "string" },
  user: { type: "string" },
  role: many,
  group: many,
  scope: many,
} as const;

export const SUBJECT_HELP = [
  "--agent <name|agt_…>    the agent; with an id, the API is asked, and a file is a draft",
  "--project <slug|prj_…>  the agent's project; with an agent's id, where the draft would stand",
  "--policy <pol_…>        with an agent's id, the policy that the draft would replace",
  "--user <id>             a verified user, with --role, --group, --scope (each may come again)",
  `--tier <tier>           ${TIERS.join(", ")}`,
];

export interface SubjectValues {
  readonly agent?: string | undefined;
  readonly project?: string | undefined;
  readonly policy?: string | undefined;
  readonly tier?: string | undefined;
  readonly user?: string | undefined;
  readonly role?: string[] | undefined;
  readonly group?: string[] | undefined;
  readonly scope?: string[] | undefined;
}

/** Whether the API is asked. */
export function isPublished({ agent }: SubjectValues): boolean {
  return agent?.startsWith("agt_") === true;
}

/** The subject for files. Throws `UsageError` for what only the API knows. */
export function assumedSubject(values: SubjectValues): Subject {
  if (values.policy !== undefined) throw new UsageError("--policy needs --agent <agt_…>");
  return {
    agent: { id: "agent", name: values.agent ?? "agent", project: values.project ?? "project" },
    user: { claims: {}, ...userOf(values) },
    session: { id: "session" },
    tier: tierOf(values),
  };
}

/** The same for the API, with at most one file as a draft. Throws `UsageError`. */
export async function askedSubject(
  values: SubjectValues,
  paths: readonly string[],
  io: Io,
): Promise<object> {
  const [path, ...others] = paths;
  const { agent, project, policy } = values;
  if (others.length > 0) throw new UsageError("the API takes one file, as a draft");
  if (path === undefined && (project !== undefined || policy !== undefined)) {
    throw new UsageError("--project and --policy say where a draft would stand; name its file");
  }
  const place = {
    ...(project !== undefined && { projectId: project }),
    ...(policy !== undefined && { policyId: policy }),
  };
  return {
    ...{ agentId: agent, tier: tierOf(values), user: userOf(values) },
    ...(path !== undefined && { draft: { text: await io.read(path), ...place } }),
  };
}

function userOf({ user, role = [], group = [], scope = [] }: SubjectValues) {
  const isClaimed = role.length + group.length + scope.length > 0;
  if (user === undefined && isClaimed) {
    throw new UsageError("--role, --group and --scope are a verified user's: add --user <id>");
  }
  const verified = user !== undefined;
  return { id: user ?? "user", verified, roles: role, groups: group, scopes: scope };
}

function tierOf({ tier = "interactive" }: SubjectValues): Subject["tier"] {
  const found = TIERS.find((one) => one === tier);
  if (found !== undefined) return found;
  throw new UsageError(`--tier is one of ${TIERS.join(", ")}`);
}
