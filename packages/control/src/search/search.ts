/** Finds anything of the org by what one has of it: an id, the beginning of an id, or a name. */
import { encodeId, ID_PREFIXES, type IdKind } from "@yolo/core/ids";
import { highest, lowest } from "@yolo/ledger/read-sessions";
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { line } from "../fields.ts";
import { holds, type Permission } from "../permissions.ts";
import { query, type Scope } from "../verb.ts";

const PER_KIND = 6;
/** Shorter beginnings of ids would name nearly everything. */
const DIGITS_MIN = 4;
const ID = /^(?:([a-z]{3})_)?([0-9a-f][0-9a-f-]{3,35})$/i;

interface Kind {
  readonly kind: Extract<IdKind, (typeof KINDS)[number]>;
  readonly permission: Permission;
  /** Gives `id, title, detail`; `by` is the condition. */
  readonly statement: (orgId: Prisma.Sql, by: Prisma.Sql) => Prisma.Sql;
  /** What a name is looked for in; null: it is found by its id alone. */
  readonly name: Prisma.Sql | null;
}

const KINDS = [
  "session",
  "record",
  "agent",
  "project",
  "policy",
  "connector",
  "member",
  "agentKey",
  "change",
] as const;

const SEARCHED: readonly Kind[] = [
  {
    ...{ kind: "session", permission: "records:read", name: Prisma.sql`x.client_session` },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, coalesce(x.client_session, 'session of ' || a.name) AS title, a.name AS detail
      FROM org.sessions x JOIN org.agents a ON a.org_id = x.org_id AND a.id = x.agent_id
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.started_at DESC LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "agent", permission: "agents:read", name: Prisma.sql`x.name` },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.name AS title, p.slug AS detail
      FROM org.agents x JOIN org.projects p ON p.org_id = x.org_id AND p.id = x.project_id
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.name LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "project", permission: "projects:read" },
    name: Prisma.sql`x.name || ' ' || x.slug`,
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.name AS title, x.slug AS detail FROM org.projects x
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.name LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "policy", permission: "policies:read", name: Prisma.sql`x.name` },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.name AS title, x.layer AS detail FROM org.policies x
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.name LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "connector", permission: "connectors:read", name: Prisma.sql`x.name` },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.name AS title, x.provider AS detail FROM org.connectors x
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.name LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "member", permission: "records:read" },
    name: Prisma.sql`p.name || ' ' || p.email`,
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, p.name AS title, p.email AS detail
      FROM org.members x JOIN directory.people p ON p.id = x.person_id
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY p.name LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "agentKey", permission: "agent-keys:read", name: null },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, 'key …' || x.last_four AS title, a.name AS detail
      FROM org.agent_keys x JOIN org.agents a ON a.org_id = x.org_id AND a.id = x.agent_id
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.id DESC LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "record", permission: "records:read", name: null },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.verb || ' ' || x.resource AS title, x.decision AS detail FROM org.intents x
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.id DESC LIMIT ${PER_KIND}`,
  },
  {
    ...{ kind: "change", permission: "changes:read", name: null },
    statement: (orgId, by) => Prisma.sql`
      SELECT x.id, x.verb AS title, x.subject AS detail FROM org.changes x
      WHERE x.org_id = ${orgId} AND ${by} ORDER BY x.id DESC LIMIT ${PER_KIND}`,
  },
];

const Found = z.strictObject({
  kind: z.enum(KINDS),
  /** As given outside. */
  id: z.string(),
  title: z.string(),
  detail: z.string(),
});

export const search = query({
  name: "search.find",
  permission: "records:read",
  input: z.strictObject({ text: line(200) }),
  /** At most six of each kind. */
  output: z.strictObject({ data: z.array(Found) }),
  async run(scope, { text }) {
    const data: z.output<typeof Found>[] = [];
    for (const searched of SEARCHED) {
      if (!holds(scope.actor, searched.permission)) continue;
      data.push(...(await findOf(scope, searched, text)));
    }
    return { data };
  },
});

async function findOf({ transaction, orgId }: Scope, searched: Kind, text: string) {
  const conditions = [...byId(searched, text), ...byName(searched, text)];
  if (conditions.length === 0) return [];
  const by = Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
  const statement = searched.statement(Prisma.sql`${orgId}::uuid`, by);
  const rows =
    await transaction.$queryRaw<{ id: string; title: string; detail: string }[]>(statement);
  return rows.map((row) => ({
    kind: searched.kind,
    id: encodeId(searched.kind, row.id),
    title: row.title,
    detail: row.detail,
  }));
}

function byId({ kind }: Kind, text: string): Prisma.Sql[] {
  const [, prefix, dashes = ""] = ID.exec(text) ?? [];
  const digits = dashes.replaceAll("-", "").toLowerCase();
  const isOther = prefix !== undefined && prefix !== ID_PREFIXES[kind];
  if (isOther || digits.length < DIGITS_MIN || digits.length > 32) return [];
  return [Prisma.sql`x.id BETWEEN ${lowest(digits)}::uuid AND ${highest(digits)}::uuid`];
}

/** A session's name is an id of the client's, found by its beginning; every other by any part. */
function byName({ kind, name }: Kind, text: string): Prisma.Sql[] {
  if (name === null) return [];
  const wanted = text.toLowerCase();
  return kind === "session"
    ? [Prisma.sql`starts_with(lower(${name}), ${wanted})`]
    : [Prisma.sql`strpos(lower(${name}), ${wanted}) > 0`];
}
