/** Changes the org's name or time zone. Its slug stays: agents and their clients know the org by it. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { nameField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Org, showOrg, timeZoneField } from "./org.ts";

/** Throws `invalid_input` when it says nothing to change. */
export const updateOrg = verb({
  name: "org.update",
  permission: "orgs:write",
  input: z.strictObject({ name: nameField().optional(), timeZone: timeZoneField().optional() }),
  output: Org,
  async run(scope, { name, timeZone }) {
    if (name === undefined && timeZone === undefined) {
      throw new AppError("invalid_input", { message: "Say a name or a timeZone." });
    }
    const { transaction, orgId } = scope;
    const before = await showOrg(scope);
    const after = { ...before, name: name ?? before.name, timeZone: timeZone ?? before.timeZone };
    if (after.name !== before.name) {
      await transaction.org.update({ where: { id: orgId }, data: { name: after.name } });
    }
    if (after.timeZone !== before.timeZone) {
      await transaction.settings.update({ where: { orgId }, data: { timeZone: after.timeZone } });
    }
    const same = after.name === before.name && after.timeZone === before.timeZone;
    return { result: after, change: same ? null : { subject: after.id, before, after } };
  },
});
