/** The filters of records: as they are sent, and as the ledger takes them. */
import { EFFECTS } from "@yolo/core/decision";
import { encodeId, ID_PREFIXES } from "@yolo/core/ids";
import { OUTCOMES } from "@yolo/ledger/outcome";
import type { RecordFilter } from "@yolo/ledger/record-filter";
import { z } from "zod";
import { idField, line } from "../fields.ts";
import { momentOf, pastField } from "../period.ts";
import { findSessions, sessionField } from "../session/find.ts";
import type { Scope } from "../verb.ts";

const LONGEST = 500;
const RULE = new RegExp(`^(${ID_PREFIXES.policy}_[0-9a-f]{32})(?:#(.{1,200}))?$`, "u");

/** All of them optional; what is given must hold together. Lists are separated by commas. */
export const recordFilterFields = {
  decision: listOf(EFFECTS).optional(),
  /** What it would have been if documents in evaluate counted. */
  would: listOf(EFFECTS).optional(),
  /** `open`: not known yet. */
  outcome: listOf([...OUTCOMES, "open"]).optional(),
  /** The HTTP status that the client was given. */
  status: z.coerce.number().int().min(100).max(599).optional(),
  /** An id, or a name. */
  agent: line(LONGEST).optional(),
  /** An id, or a slug. */
  project: line(LONGEST).optional(),
  /** Our id of a session, the client's own, or the first 8 digits or more of either. */
  session: sessionField().optional(),
  /** A verb and all below it (`git`), or a pattern (`*:Get*`). */
  verb: line(LONGEST).optional(),
  /** What it contains, or a pattern of the whole (`anthropic/*`). */
  resource: line(LONGEST).optional(),
  /** An id, or a member's e-mail address. */
  user: line(LONGEST).optional(),
  /** A name, or a pattern of one. */
  model: line(LONGEST).optional(),
  /** A policy's id, with `#` and the rule's own id for one rule. */
  rule: z
    .string()
    .regex(RULE, "must be a policy's id, with # and a rule's id where one is meant")
    .optional(),
  since: pastField().optional(),
  until: pastField().optional(),
  /** In any case, in verb, resource, explanation, model, error, client's reference and labels; payloads are sealed. */
  text: line(LONGEST).optional(),
};

const filters = z.strictObject(recordFilterFields);
export type RecordFilters = z.output<typeof filters>;

/** A name that nothing has becomes a filter that matches nothing. */
export async function recordFilter(scope: Scope, given: RecordFilters): Promise<RecordFilter> {
  const now = scope.clock.now();
  const { decision, would, outcome, status, verb, resource, model, rule, text } = given;
  return {
    ...{ decisions: decision, would, outcomes: outcome, status, verb, resource, model, text },
    rule: rule === undefined ? undefined : ruleOf(rule),
    sessions: await findSessions(scope, given.session),
    agents: await findAgentIds(scope, given),
    users: await findUserIds(scope, given.user),
    since: momentOf(given.since, now),
    until: momentOf(given.until, now),
  };
}

function listOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  const name = z.enum(names);
  return z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(name).min(1).max(names.length))
    .meta({ description: `One or more of ${names.join(", ")}, separated by commas.` });
}

function ruleOf(text: string): RecordFilter["rule"] {
  const [, policy = "", id] = RULE.exec(text) ?? [];
  return { policyId: idField("policy").parse(policy), id: id ?? null };
}

/** The agents that are asked for by themselves and by their project. */
export async function findAgentIds(
  { transaction, orgId }: Scope,
  { agent, project }: Pick<RecordFilters, "agent" | "project">,
): Promise<string[] | undefined> {
  if (agent === undefined && project === undefined) return undefined;
  const rows = await transaction.agent.findMany({
    where: { orgId },
    select: { id: true, name: true, projectId: true, project: { select: { slug: true } } },
  });
  return rows
    .filter((row) => agent === undefined || [row.name, encodeId("agent", row.id)].includes(agent))
    .filter((row) => {
      const names = [row.project.slug, encodeId("project", row.projectId)];
      return project === undefined || names.includes(project);
    })
    .map(({ id }) => id);
}

/** As users stand on record. An address may be a member's here; anything may be the id of a verified end user. */
async function findUserIds(
  { transaction, orgId }: Scope,
  user: string | undefined,
): Promise<string[] | undefined> {
  if (user === undefined) return undefined;
  const members = user.includes("@")
    ? await transaction.$queryRaw<{ id: string }[]>`
        SELECT m.id FROM org.members m JOIN directory.people p ON p.id = m.person_id
        WHERE m.org_id = ${orgId}::uuid AND lower(p.email) = lower(${user})`
    : [];
  return [user, ...members.map(({ id }) => encodeId("member", id))];
}
