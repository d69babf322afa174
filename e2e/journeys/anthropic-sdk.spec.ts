import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { REQUEST_ID_HEADER, test } from "../journey.ts";

const MODEL = "claude-sonnet-4-5";
const REFUSED_MODEL = "claude-opus-4-1";

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
      // $3 and $15 a million tokens: the list price of this model.
      costMicros: message.usage.input_tokens * 3 + message.usage.output_tokens * 15,
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

test("a tool is called and its result taken; both calls of one connection are one session", async ({
  api,
  anthropic,
}) => {
  const client = anthropic();
  const tools: Anthropic.Tool[] = [{ name: "add", input_schema: { type: "object" } }];
  const question = say('#test tool add {"a":1,"b":2}', { tools });
  const first = await client.messages.create(question).withResponse();
  const [call] = first.data.content;
  expect(first.data.stop_reason).toBe("tool_use");
  expect(call).toMatchObject({ type: "tool_use", name: "add", input: { a: 1, b: 2 } });

  const second = await client.messages
    .create({
      ...question,
      messages: [
        ...question.messages,
        { role: "assistant", content: first.data.content },
        {
          role: "user",
          content: [
            {
              type: "tool_result",
              tool_use_id: call?.type === "tool_use" ? call.id : "",
              content: "3",
            },
          ],
        },
      ],
    })
    .withResponse();
  expect(second.data.content).toMatchObject([{ type: "text", text: "The tool answered: 3" }]);

  const records = await Promise.all(
    [first, second].map(({ response }) =>
      api.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? ""),
    ),
  );
  expect(new Set(records.map(({ session }) => session.id)).size).toBe(1);
  expect(records[1]?.payloads?.[0]?.content).not.toContain("#test tool add");
});

test("a stream that the client drops ends upstream too, and its record says aborted with estimated tokens", async ({
  api,
  anthropic,
}) => {
  const stream = anthropic().messages.stream(say("#test stream 5000 20", { max_tokens: 30_000 }));
  await stream.emitted("streamEvent");
  const { response } = await stream.withResponse();
  await new Promise<void>((resolve) => stream.on("text", () => resolve()));
  stream.abort();
  await expect(stream.finalMessage()).rejects.toThrow(Anthropic.APIUserAbortError);

  // The whole answer would take a hundred seconds; an outcome now means that nobody waited for it.
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
    messages.push(error.message);
    expect(error.message).not.toContain(apiKey);
    expect(error.headers.get("x-should-retry")).toBe("false");
  }
  expect(messages[2]).toBe(messages[0]);
});
