/** Makes a connector the one that calls to its provider take, from the next call on. */
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Connector, showConnector } from "./connector.ts";
import { findLiveConnector } from "./find.ts";
import { lockConnector } from "./lock.ts";
import { takeDefault } from "./take-default.ts";

/** Doing it again changes nothing. Throws `not_found`, `conflict` when it is archived. */
export const setDefaultConnector = verb({
  name: "connector.set-default",
  permission: "connectors:write",
  input: z.strictObject({ id: idField("connector") }),
  output: Connector,
  async run(scope, { id }) {
    await lockConnector(scope, id);
    const row = await findLiveConnector(scope, id);
    if (row.isDefault) return { result: showConnector(row), change: null };
    const { replaced } = await takeDefault(scope, row, true);
    const connector = showConnector({ ...row, isDefault: true });
    const before =
      replaced === null ? {} : { defaultConnector: encodeId("connector", replaced.id) };
    return {
      result: connector,
      change: { subject: connector.id, before, after: { defaultConnector: connector.id } },
    };
  },
});
