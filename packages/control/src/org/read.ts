/** The org itself. */
import { z } from "zod";
import { query } from "../verb.ts";
import { Org, showOrg } from "./org.ts";

export const readOrg = query({
  name: "org.read",
  permission: "orgs:read",
  input: z.strictObject({}),
  output: Org,
  run: showOrg,
});
