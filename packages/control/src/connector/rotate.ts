/** Gives a connector a new credential: one commit after which no call takes the old one, which is gone for good. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField } from "../fields.ts";
import { query, type Scope, type Verb, verb } from "../verb.ts";
import { Connector, showConnector } from "./connector.ts";
import type { ConnectorTest } from "./connector-test.ts";
import { credentialField, sealCredential } from "./credential.ts";
import { findLiveConnector, type Stored } from "./find.ts";
import { lockConnector } from "./lock.ts";
import { providerName } from "./providers.ts";
import { testUpstream } from "./test-connector.ts";

const input = z.strictObject({
  id: idField("connector"),
  credential: credentialField(),
  /** True: the new credential takes over only if the upstream accepts it now. */
  test: z.boolean().default(true),
});
const definition = {
  name: "connector.rotate",
  permission: "connectors:write",
  input,
  output: Connector,
} as const;

/** Where the credential would be used; refuses before a stranger is asked. */
const readVaulted = query({
  ...definition,
  output: z.custom<Stored>(),
  run: (scope, { id }) => findVaulted(scope, id),
});

const takeOver = verb({
  ...definition,
  async run(scope, { id, credential }) {
    const { transaction, orgId, clock } = scope;
    await lockConnector(scope, id);
    const before = showConnector(await findVaulted(scope, id));
    const row = await transaction.connector.update({
      where: { orgId_id: { orgId, id } },
      data: {
        credential: await sealCredential(scope, id, credential),
        rotatedAt: new Date(clock.now()),
      },
      omit: { credential: true },
    });
    const after = showConnector(row);
    const since = ({ credentialSince }: typeof after) => ({ credentialSince });
    return {
      result: after,
      change: { subject: after.id, before: since(before), after: since(after) },
    };
  },
});

/**
 * Calls under way end with the credential they began with.
 * Throws `not_found`; `conflict` when it is archived or keeps no credential; `invalid_input`, with the test's result
 * in `facts.test`, when the new one does not work: then nothing has changed.
 */
export const rotateConnector: Verb<typeof input, typeof Connector> = {
  ...definition,
  async run(context, raw) {
    const row = await readVaulted.run(context, raw);
    const { credential, test } = input.parse(raw);
    if (test) {
      const provider = providerName.parse(row.provider);
      const tested = { provider, baseUrl: row.baseUrl, credential };
      refuseBroken(await testUpstream(tested, context));
    }
    return takeOver.run(context, raw);
  },
};

async function findVaulted(scope: Scope, id: string): Promise<Stored> {
  const row = await findLiveConnector(scope, id);
  if (row.mode === "vaulted") return row;
  throw new AppError("conflict", {
    message: `The connector ${row.name} keeps no credential: each developer sends their own.`,
  });
}

function refuseBroken(test: ConnectorTest): void {
  if (test.ok) return;
  throw new AppError("invalid_input", {
    message: `The new credential was not taken over, since its test failed: ${test.message} The old one stays in use. Send test: false to take it over untested.`,
    facts: { test, issues: [{ field: "credential", message: test.message }] },
  });
}
