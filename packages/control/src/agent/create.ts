/** Creates an agent: a named identity inside a project. */
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { idField, slugField } from "../fields.ts";
import { findLiveProject } from "../project/find-live.ts";
import { verb } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";

const input = z.strictObject({
  projectId: idField("project"),
  name: slugField(),
});

/** Throws `not_found` for the project, `conflict` when it is archived or the name is taken in it. */
export const createAgent = verb({
  name: "agent.create",
  permission: "agents:write",
  input,
  output: Agent,
  taken: "An agent with this name exists already in the project.",
  async run(scope, { projectId, name }) {
    await findLiveProject(scope, projectId);
    const { transaction, orgId } = scope;
    const row = await transaction.agent.create({ data: { orgId, id: newId(), projectId, name } });
    const agent = showAgent(row);
    return { result: agent, change: { subject: agent.id, before: null, after: agent } };
  },
});
