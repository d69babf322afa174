/** How much members did, changes and views of payloads apart: exact up to a bound that the answer names. */
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { query } from "../verb.ts";
import { changeConditions, changeFilterFields, changeKind } from "./filter.ts";

/** What more would say to a person. */
const BOUND = 10_000;

const { kind: _, ...fields } = changeFilterFields;

const Count = z.strictObject({
  /** At most `bound`. */
  total: z.int(),
  /** False: there are more than `bound`. */
  isExact: z.boolean(),
});

export const countChanges = query({
  name: "change.count",
  permission: "changes:read",
  input: z.strictObject(fields),
  output: z.strictObject({ bound: z.int(), byKind: z.record(changeKind, Count) }),
  async run({ transaction, orgId, clock }, filters) {
    async function count(kind: z.output<typeof changeKind>): Promise<z.output<typeof Count>> {
      const conditions = changeConditions({ ...filters, kind }, clock.now());
      const [row] = await transaction.$queryRaw<{ found: bigint }[]>`
        SELECT count(*) AS found FROM (
          SELECT 1 FROM org.changes c
          ${filters.member === undefined ? Prisma.empty : JOINED}
          WHERE c.org_id = ${orgId}::uuid ${conditions} LIMIT ${BOUND + 1}) bounded`;
      const found = Number(row?.found ?? 0);
      return { total: Math.min(found, BOUND), isExact: found <= BOUND };
    }
    return { bound: BOUND, byKind: { change: await count("change"), view: await count("view") } };
  },
});

const JOINED = Prisma.sql`
  LEFT JOIN org.members m ON m.org_id = c.org_id AND m.id = c.member_id
  LEFT JOIN directory.people p ON p.id = m.person_id`;
