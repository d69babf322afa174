import { randomUUID } from "node:crypto";
import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { startUpstream } from "@yolo/testkit/upstream";
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import { REQUEST_ID_HEADER, test } from "../journey.ts";

const MODEL = "claude-sonnet-5-5";
const REFUSED_MODEL = "claude-opus-4-1";
/** A tenth of this is the promise; the rest is for a machine that is busy with tests. */
const ABORT_MS = 1_000;

function say(content: string, over: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) {
  return {
    model: MODEL,
    max_tokens: 1_000,
    messages: [{ role: "user" as const, content }],
    ...over,
  };
}

test("a message is answered, and on record with model, tokens, price, decision, rule line and session", async ({
  product,
  api,
  anthropic,
}) => {
  const { data: message, response } = await anthropic()
    .messages.create(say("good morning"))
    .withResponse();
  expect(message.content).toMatchObject([{ type: "text", text: "You said: good morning" }]);

  const record = await api.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? "");
  expect(record).toMatchObject({
    surface: "llm",
    verb: "llm:invoke",
    resource: `anthropic/${MODEL}`,
    decision: "allow",
    rules: [{ effect: "allow", id: expect.stringMatching(/^line \d+$/), line: expect.any(Number) }],
    findings: [],
    agent: { name: product.ready.agent },
    user: { email: product.ready.member.email },
    session: { id: expect.stringMatching(/^ses_[0-9a-f]{32}$/), clientSession: null },
    outcome: {
      outcome: "done",
      status: 200,
      error: null,
      model: MODEL,
      tokens: {
        input: message.usage.input_tokens,
        output: message.usage.output_tokens,
        metering: "reported",
      },
      // $2 and $10 a million tokens: the list price of this model.
      costMicros: message.usage.input_tokens * 2 + message.usage.output_tokens * 10,
      priceTable: expect.stringMatching(/@\d/),
    },
  });
  expect(record.payloads?.map(({ part }) => part)).toEqual(["request", "reply"]);
  expect(record.payloads?.[0]?.content).toContain("good morning");
});

test("a stream arrives event by event and is metered from its own events", async ({
  api,
  anthropic,
}) => {
  const stream = anthropic().messages.stream(say("#test stream 25 5"));
  const deltas: string[] = [];
  stream.on("text", (text) => deltas.push(text));
  const message = await stream.finalMessage();
  expect(deltas).toHaveLength(25);
  expect(message.stop_reason).toBe("end_turn");

  const { response } = await stream.withResponse();
  const record = await api.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? "");
  expect(record.outcome).toMatchObject({
    outcome: "done",
    model: MODEL,
    tokens: { input: message.usage.input_tokens, output: message.usage.output_tokens },
  });
});

test("a stream that the provider sends all at once arrives whole", async ({ anthropic }) => {
  const message = await anthropic().messages.stream(say("good morning")).finalMessage();
  expect(message.content).toMatchObject([{ type: "text", text: "You said: good morning" }]);
  expect(message.stop_reason).toBe("end_turn");
});

test("a tool is called and its result taken; a run that names its session is one session", async ({
  api,
  anthropic,
}) => {
  const run = randomUUID();
  const client = anthropic({ defaultHeaders: { "x-claude-code-session-id": run } });
  const tools: Anthropic.Tool[] = [{ name: "add", input_schema: { type: "object" } }];
  const question = say('#test tool add {"a":1,"b":2}', { tools });
  const first = await client.messages.create(question);
  expect(first.stop_reason).toBe("tool_use");
  const [call] = first.content;
  expect(call).toMatchObject({ type: "tool_use", name: "add", input: { a: 1, b: 2 } });

  const id = call?.type === "tool_use" ? call.id : "";
  const messages: Anthropic.MessageParam[] = [
    ...question.messages,
    { role: "assistant", content: first.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: "3" }] },
  ];
  const second = await client.messages.create({ ...question, messages });
  expect(second.content).toMatchObject([{ type: "text", text: "The tool answered: 3" }]);

  messages.push({ role: "assistant", content: second.content });
  messages.push({ role: "user", content: "thank you" });
  await client.messages.create({ ...question, messages });

  const records = await api.closedRecords(run);
  expect(records).toHaveLength(3);
  expect(new Set(records.map(({ session }) => session.id)).size).toBe(1);
  const kept = (await api.closedRecord(records[2]?.id ?? "")).payloads?.[0]?.content;
  expect(kept).toContain("thank you");
  expect(kept, "what the session's earlier payloads hold is not kept again").not.toContain(
    "#test tool add",
  );
});

test("a stream that the client drops is dropped upstream as well; its record says aborted, with estimated tokens", async ({
  product,
  api,
  backstage,
}) => {
  await using upstream = await startUpstream();
  // A hundred seconds, were nobody to stop it.
  upstream.respondWith(anthropicReply({ deltas: Array(5_000).fill("and "), paceMs: 20 }));
  await using gateway = await backstage.startGateway({ TEST_MODEL_URL: upstream.url });
  const client = new Anthropic({
    baseURL: gateway.url,
    apiKey: product.ready.agentKey,
    authToken: null,
    maxRetries: 0,
  });
  const stream = client.messages.stream(say("go on"));
  const { response } = await stream.withResponse();
  await new Promise<void>((resolve) => stream.once("text", () => resolve()));
  const droppedAtMs = performance.timeOrigin + performance.now();
  stream.abort();
  await expect(stream.finalMessage()).rejects.toThrow(Anthropic.APIUserAbortError);

  const request = await upstream.arrival(1);
  await request.ended;
  expect((request.abortedAtMs ?? Number.NaN) - droppedAtMs).toBeLessThan(ABORT_MS);
  const record = await api.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? "");
  expect(record.outcome).toMatchObject({ outcome: "aborted", tokens: { metering: "estimated" } });
});

test("tokens are counted and models listed, each on record under its own verb", async ({
  api,
  anthropic,
}) => {
  const counted = await anthropic()
    .messages.countTokens({ model: MODEL, messages: [{ role: "user", content: "hello" }] })
    .withResponse();
  expect(counted.data.input_tokens).toBeGreaterThan(0);
  const listed = await anthropic().models.list().withResponse();
  expect(listed.data.data.map(({ id }) => id)).toContain("claude-test");

  for (const [{ response }, verb, resource] of [
    [counted, "llm:count_tokens", `anthropic/${MODEL}`],
    [listed, "llm:list_models", "anthropic/models"],
  ] as const) {
    const record = await api.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? "");
    expect(record).toMatchObject({
      verb,
      resource,
      outcome: { outcome: "done", costMicros: null },
    });
  }
});

for (const stream of [false, true]) {
  test(`a model that the policy denies is refused with rule, line and reason${stream ? ", also as a stream" : ""}`, async ({
    api,
    anthropic,
  }) => {
    const call = anthropic().messages.create({ ...say("hi", { model: REFUSED_MODEL }), stream });
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof Anthropic.PermissionDeniedError)) throw new Error(`got ${error}`);
    expect(error.type).toBe("permission_error");
    expect(error.headers.get("x-should-retry")).toBe("false");

    const record = await api.closedRecord(error.headers.get(REQUEST_ID_HEADER) ?? "");
    expect(record).toMatchObject({
      decision: "deny",
      resource: `anthropic/${REFUSED_MODEL}`,
      rules: [{ id: "not-opus-4-1", effect: "deny" }],
      outcome: { outcome: "refused", status: 403, error: "denied", tokens: null },
    });
    const line = record.rules[0]?.line;
    expect(error.message).toContain(`rule \`not-opus-4-1\` (line ${line})`);
    expect(error.message).toContain("take a newer Opus or a Sonnet");
    expect(error.message).toContain(record.id);
  });
}

test("a tool that the provider would run itself is refused", async ({ anthropic }) => {
  const tools: Anthropic.ToolUnion[] = [{ type: "web_search_20250305", name: "web_search" }];
  const call = anthropic().messages.create(say("what is new?", { tools }));
  await expect(call).rejects.toThrow(/llm:server_tool.*no-provider-tools/s);
});

test("a wrong key is not told what is wrong with it, and nothing of it is on record", async ({
  product,
  anthropic,
}) => {
  const { agentKey } = product.ready;
  const mistyped = `${agentKey.slice(0, -1)}${agentKey.endsWith("0") ? "1" : "0"}`;
  const messages: string[] = [];
  for (const apiKey of [mistyped, "sk-ant-api03-not-one-of-ours", "ylg_test_"]) {
    const call = anthropic({ apiKey }).messages.create(say("hi"));
    const error = await call.catch((thrown: unknown) => thrown);
    if (!(error instanceof Anthropic.AuthenticationError)) throw new Error(`got ${error}`);
    messages.push(error.apiMessage ?? "");
    expect(error.message).not.toContain(apiKey);
    expect(error.headers.get("x-should-retry")).toBe("false");
  }
  expect(messages[2]).toBe(messages[0]);
});
