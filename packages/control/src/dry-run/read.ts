/** A dry run: how far it is and what it has found so far. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { DryRun, findDryRun, showDryRun } from "./dry-run.ts";

/** Throws `not_found`. */
export const readDryRun = query({
  name: "dry-run.read",
  permission: "policies:read",
  input: z.strictObject({ id: idField("dryRun") }),
  output: DryRun,
  async run(scope, { id }) {
    return showDryRun(await findDryRun(scope, id), scope.clock.now());
  },
});
