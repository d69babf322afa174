/**
 * Makes one real call through the tenant's own gateway, as the agent would: with a test key that is made for it, works
 * for two minutes, reaches the built-in test model and nothing else, and is revoked as soon as the answer is there.
 */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { createAgentKey } from "../agent-key/create.ts";
import { revokeAgentKey } from "../agent-key/revoke.ts";
import { type Probed, probe } from "../connector/probe.ts";
import { idField, line, shownId } from "../fields.ts";
import { query, type Verb } from "../verb.ts";

const input = z.strictObject({
  agentId: idField("agent"),
  /** The model that is asked for: the policy decides on it as ever. */
  model: line(100).default("claude-sonnet-5-5"),
});

const output = z.strictObject({
  /** What the client was answered. */
  status: z.int(),
  /** The record, or what finds the refusal; null when no answer came. */
  requestId: shownId("record").nullable(),
  /** The reply's text, or why there is none. */
  message: z.string(),
});

const LIFE_MS = 120_000;
const DEADLINE_MS = 20_000;
const KEY_NAME = "Test call";

/** Where the call goes; refuses before a key is made. */
const readTarget = query({
  name: "onboarding.test-call",
  permission: "agent-keys:write",
  input,
  output: z.custom<{ readonly host: string; readonly url: URL; readonly model: string }>(),
  async run(scope, { agentId, model }) {
    const { transaction, orgId, gateway } = scope;
    await findLiveAgent(scope, agentId);
    if (gateway === undefined) {
      throw new AppError("unavailable", { message: "No gateway can be reached from here." });
    }
    const { slug } = await transaction.org.findUniqueOrThrow({ where: { id: orgId } });
    const url = new URL("/v1/messages", gateway.url);
    return { url, host: `${slug}.${gateway.domain}`, model };
  },
});

/** Throws `not_found`, `conflict` when the agent is archived. A refusal by the gateway is the result, not an error. */
export const makeTestCall: Verb<typeof input, typeof output> = {
  name: readTarget.name,
  permission: readTarget.permission,
  input,
  output,
  async run({ idempotency: _, ...context }, raw) {
    const target = await readTarget.run(context, raw);
    const key = await createAgentKey.run(context, {
      ...{ agentId: raw.agentId, kind: "test", name: KEY_NAME },
      expiresAt: new Date(context.clock.now() + LIFE_MS).toISOString(),
    });
    try {
      return told(await send(target, key.key));
    } finally {
      await revokeAgentKey.run(context, { id: key.id });
    }
  },
};

function send(
  { url, host, model }: { readonly url: URL; readonly host: string; readonly model: string },
  key: string,
): Promise<Probed> {
  const content = "Say hello: this is the first call through the gateway.";
  return probe({
    url,
    headers: {
      ...{ host, "x-api-key": key, "anthropic-version": "2023-06-01" },
      ...{ "content-type": "application/json", "user-agent": "yologateway test call" },
    },
    body: JSON.stringify({ model, max_tokens: 64, messages: [{ role: "user", content }] }),
    trustedOrigin: url.origin,
    deadlineMs: DEADLINE_MS,
  });
}

const reply = z.looseObject({ content: z.array(z.looseObject({ text: z.string().optional() })) });
const refusal = z.looseObject({ error: z.looseObject({ message: z.string() }) });

function told(probed: Probed): z.output<typeof output> {
  if (probed.kind === "failed") {
    return {
      ...{ status: 0, requestId: null },
      message: `The gateway did not answer (${probed.code}). Look at the status page.`,
    };
  }
  const body = parseJson(probed.body);
  const text = reply
    .safeParse(body)
    .data?.content.map((part) => part.text ?? "")
    .join("");
  const why = refusal.safeParse(body).data?.error.message;
  return {
    status: probed.status,
    requestId: shownId("record").safeParse(probed.header("x-yolo-request-id")).data ?? null,
    message: text ?? why ?? `The gateway answered ${probed.status}.`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
