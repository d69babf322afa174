/** Tests a connector by one real, free request from here to its upstream. Nothing is kept of it. */
import type { Secret } from "@yolo/core/secret";
import { z } from "zod";
import type { Context } from "../context.ts";
import { idField } from "../fields.ts";
import { query, type Verb } from "../verb.ts";
import { connectorMode } from "./connector.ts";
import { ConnectorTest } from "./connector-test.ts";
import { openCredential } from "./credential.ts";
import { findLiveConnector } from "./find.ts";
import { judgeProbe } from "./judge-probe.ts";
import { probe } from "./probe.ts";
import { PROVIDERS, providerName } from "./providers.ts";

const input = z.strictObject({ id: idField("connector") });

/** What a test needs to know; it never leaves the process. */
export interface Tested {
  readonly provider: keyof typeof PROVIDERS;
  readonly baseUrl: string;
  /** Null in mode `client_credential`: then only whether the address answers can be tried. */
  readonly credential: Secret | null;
}

const readTested = query({
  name: "connector.test",
  permission: "connectors:write",
  input,
  output: z.custom<Tested>(),
  async run(scope, { id }) {
    const row = await findLiveConnector(scope, id);
    const isVaulted = connectorMode.parse(row.mode) === "vaulted";
    return {
      provider: providerName.parse(row.provider),
      baseUrl: row.baseUrl,
      credential: isVaulted ? await openCredential(scope, id) : null,
    };
  },
});

/** Throws `not_found`, `conflict` when it is archived. What is wrong with the upstream is the result, not an error. */
export const testConnector: Verb<typeof input, typeof ConnectorTest> = {
  name: readTested.name,
  permission: readTested.permission,
  input,
  output: ConnectorTest,
  // The transaction has ended before the upstream is asked: nothing of ours waits for a stranger.
  run: async (context, raw) => testUpstream(await readTested.run(context, raw), context),
};

/** Asks the upstream, as the gateway would. Never throws for what the upstream does. */
export async function testUpstream(
  { provider, baseUrl, credential }: Tested,
  { clock, testModelUrl }: Pick<Context, "clock" | "testModelUrl">,
): Promise<ConnectorTest> {
  const { credentialHeader, probe: request } = PROVIDERS[provider];
  const url = new URL(baseUrl + request.path);
  const tried = credential === null ? "reachability" : "credential";
  const startedAt = clock.monotonicMs();
  const probed = await probe({
    url,
    headers: {
      ...request.headers,
      ...(credential !== null && { [credentialHeader]: credential.reveal() }),
    },
    trustedOrigin: testModelUrl === undefined ? null : new URL(testModelUrl).origin,
  });
  const { problem, message } = judgeProbe(probed, { tried, host: url.host });
  return {
    ok: problem === null,
    ...{ tried, problem, message },
    status: probed.kind === "answered" ? probed.status : null,
    latencyMs: Math.round(clock.monotonicMs() - startedAt),
  };
}
