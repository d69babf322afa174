import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import Anthropic, { APIError, APIUserAbortError } from "@anthropic-ai/sdk";
import type { ContentBlockParam, MessageParam } from "@anthropic-ai/sdk/resources/messages";
import { type OpenReply, open, send, sendRaw } from "@yolo/testkit/http-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openExchange } from "./exchange.ts";
import { answerMessages } from "./messages.ts";
import { MODELS } from "./models.ts";
import { startServer, type TestModelServer } from "./server.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };
const VERSION = ["anthropic-version", "2023-06-01"] as const;
let server: TestModelServer;

beforeAll(async () => {
  server = await startServer(LOOPBACK);
});
afterAll(() => server.drain(0));

function client(baseURL = server.url): Anthropic {
  return new Anthropic({ baseURL, apiKey: "none", maxRetries: 0 });
}

function prompt(content: string | ContentBlockParam[], more: object = {}) {
  const messages: MessageParam[] = [{ role: "user", content }];
  return { model: "claude-test", max_tokens: 4_000, messages, ...more };
}

const tools = [{ name: "Bash", input_schema: { type: "object" as const } }];

describe("the real SDK is served", () => {
  test("a message and its usage, with a request id", async () => {
    const { data, request_id } = await client().messages.create(prompt("hello")).withResponse();
    expect(data).toMatchObject({
      type: "message",
      model: "claude-test",
      content: [{ type: "text", text: "You said: hello" }],
      stop_reason: "end_turn",
      usage: { output_tokens: 4 },
    });
    expect(request_id).toMatch(/^req_test_[0-9a-f]{24}$/);
  });

  test("a stream adds up to the same message", async () => {
    const streamed = await client().messages.stream(prompt("hello")).finalMessage();
    const whole = await client().messages.create(prompt("hello"));
    expect(streamed.content).toMatchObject(whole.content);
    expect(streamed.usage).toMatchObject({ output_tokens: whole.usage.output_tokens });
  });

  test("a tool call after thinking, its result echoed when the history comes back unchanged", async () => {
    const first = prompt('#test thinking\n#test tool Bash {"command":"ls -la"}', { tools });
    const turn = await client().messages.stream(first).finalMessage();
    const call = turn.content.find((block) => block.type === "tool_use");
    expect(call).toMatchObject({ name: "Bash", input: { command: "ls -la" } });
    expect(turn.stop_reason).toBe("tool_use");
    const result = { type: "tool_result" as const, tool_use_id: call?.id ?? "", content: "a b" };
    const answer = await client().messages.create({
      ...first,
      messages: [
        ...first.messages,
        { role: "assistant", content: turn.content },
        { role: "user", content: [result] },
      ],
    });
    expect(answer.content).toMatchObject([{ type: "text", text: "The tool answered: a b" }]);
  });

  test("JSON where the call asks for it, whatever its text says", async () => {
    const schema = {
      type: "object",
      properties: { title: { type: "string" } },
      required: ["title"],
      additionalProperties: false,
    };
    const output_config = { format: { type: "json_schema" as const, schema } };
    const answer = await client().messages.create(prompt("#test 500", { output_config }));
    expect(answer.content).toMatchObject([{ type: "text", text: '{"title":"test"}' }]);
  });

  test("count_tokens agrees with the usage", async () => {
    const { usage } = await client().messages.create(prompt("hello"));
    const { model, messages } = prompt("hello");
    const counted = await client().messages.countTokens({ model, messages });
    expect(counted.input_tokens).toBe(usage.input_tokens);
  });

  test("an abort, after which nothing of the call is left", async () => {
    const own = await startServer(LOOPBACK);
    const stream = client(own.url).messages.stream(prompt("#test stream 100 60000"));
    await stream.emitted("streamEvent");
    stream.abort();
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(APIUserAbortError);
    await own.drain(600_000);
  });

  test("models, in pages and one by one", async () => {
    const ids: string[] = [];
    for await (const model of client().models.list({ limit: 4 })) ids.push(model.id);
    expect(ids).toEqual(MODELS);
    expect(await client().models.retrieve("claude-opus-5-5")).toMatchObject({ type: "model" });
    await expect(client().models.retrieve("test-unheard")).rejects.toMatchObject({ status: 404 });
  });
});

describe("the model provider misbehaves as it is told", () => {
  test.each([
    [400, "invalid_request_error"],
    [401, "authentication_error"],
    [403, "permission_error"],
    [404, "not_found_error"],
    [429, "rate_limit_error"],
    [500, "api_error"],
    [529, "overloaded_error"],
  ])("%i is %s, by a magic line and by the model's name", async (status, type) => {
    const expected = { status, error: { type: "error", error: { type } } };
    const { create } = client().messages;
    for (const stream of [false, true]) {
      const byLine = create.call(client().messages, prompt(`#test ${status}`, { stream }));
      await expect(byLine).rejects.toMatchObject(expected);
    }
    const byName = client().messages.create(prompt("hello", { model: `test-${status}` }));
    await expect(byName).rejects.toMatchObject(expected);
  });

  test("429 carries retry-after, which the SDK obeys", async () => {
    const error = await client()
      .messages.create(prompt("#test 429 17"))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(APIError);
    expect(error instanceof APIError && error.headers?.get("retry-after")).toBe("17");
  });

  test("an error event breaks the stream; the same call without stream succeeds", async () => {
    const broken = client().messages.stream(prompt("#test error 3")).finalMessage();
    await expect(broken).rejects.toMatchObject({ error: { error: { type: "overloaded_error" } } });
    const whole = await client().messages.create(prompt("#test error 3"));
    expect(whole.stop_reason).toBe("end_turn");
  });

  test("a cut breaks the connection after exactly the events asked for", async () => {
    const body = prompt("#test cut 4", { stream: true });
    const reply = await open(`${server.url}/v1/messages`, { body, headers: [VERSION] });
    let received = "";
    const reading = async () => {
      for await (const chunk of reply.chunks) received += chunk.toString();
    };
    await expect(reading()).rejects.toThrow();
    expect(received.match(/^event: .*$/gm)).toEqual([
      "event: message_start",
      "event: content_block_start",
      "event: ping",
      "event: content_block_delta",
    ]);
    const whole = client().messages.create(prompt("#test cut"));
    await expect(whole).rejects.toThrow("terminated");
  });

  test("garbled: bytes that are neither events nor JSON, in an answer that ends well", async () => {
    const url = `${server.url}/v1/messages`;
    const headers = [VERSION];
    const streamed = await send(url, {
      body: prompt("#test garbled 2", { stream: true }),
      headers,
    });
    expect(streamed.status).toBe(200);
    expect(streamed.text()).toMatch(/content_block_start.*"content_block_de\n\n/s);
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(streamed.body)).toThrow();
    const whole = await send(url, { body: prompt("#test garbled"), headers });
    expect(whole.status).toBe(200);
    expect(() => whole.json()).toThrow();
  });

  test("slow waits before the first byte, pace and stream before each delta", async () => {
    const started = performance.now();
    const slow = prompt("#test slow 60", { stream: true });
    await open(`${server.url}/v1/messages`, { body: slow, headers: [VERSION] });
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
    for (const line of ["#test stream 4 20", "#test stream 4 1\n#test pace 20"]) {
      const begun = performance.now();
      await client().messages.stream(prompt(line)).finalMessage();
      expect(performance.now() - begun).toBeGreaterThanOrEqual(79);
    }
  });

  test("a huge answer arrives whole, streamed or not", async () => {
    const huge = prompt("#test huge 3000", { max_tokens: 1_000_000 });
    const whole = await client().messages.create(huge, { timeout: 60_000 });
    expect(JSON.stringify(whole.content).length).toBeGreaterThan(3000 * 1024);
    const streamed = await client().messages.stream(huge).finalMessage();
    expect(streamed.content).toMatchObject(whole.content);
  });
});

describe("bad requests are refused in the API's own words", () => {
  const post = (path: string, body: string | object, headers: (readonly [string, string])[]) =>
    send(`${server.url}${path}`, { body, headers });

  test.each([
    ["an unknown path", "/v1/nothing", "{}", 404, "not_found_error"],
    ["an odd path", "//v1/messages", "{}", 404, "not_found_error"],
    ["no JSON", "/v1/messages", "{", 400, "invalid_request_error"],
    ["a missing field", "/v1/messages", "{}", 400, "invalid_request_error"],
    ["a wrong method", "/v1/models", "{}", 405, "invalid_request_error"],
    ["33 MB", "/v1/messages", "x".repeat(33 * 1024 * 1024), 413, "request_too_large"],
  ])("%s", async (_, path, body, status, type) => {
    const reply = await post(path, body, [VERSION]);
    expect(reply.status).toBe(status);
    const id = reply.header("request-id");
    expect(reply.json()).toMatchObject({ type: "error", error: { type }, request_id: id });
  });

  test("a call without anthropic-version", async () => {
    const reply = await post("/v1/messages", prompt("hi"), []);
    expect(reply.json()).toMatchObject({
      error: { message: "anthropic-version: header is required" },
    });
  });

  test("bytes that are not HTTP get a 400 and an end", async () => {
    const reply = await sendRaw(server.url, ["NONSENSE\r\n\r\n"]);
    expect(reply.toString()).toMatch(/^HTTP\/1.1 400 /);
  });
});

test("probes and greetings need neither key nor version", async () => {
  for (const path of ["/", "/api/hello", "/healthz", "/readyz"]) {
    expect((await send(`${server.url}${path}`, { method: "HEAD" })).status).toBe(200);
    expect((await send(`${server.url}${path}`)).json()).toMatchObject({ app: "test-model" });
  }
});

test("a live answer ends whole before the server stops, and no new connection is taken", async () => {
  const own = await startServer(LOOPBACK);
  const stream = client(own.url).messages.stream(prompt("#test stream 10 10"));
  await stream.emitted("streamEvent");
  const drained = own.drain(60_000);
  await expect(send(`${own.url}/readyz`)).rejects.toThrow("ECONNREFUSED");
  expect((await stream.finalMessage()).stop_reason).toBe("end_turn");
  await drained;
});

describe("the work behind an answer", () => {
  interface Work {
    readonly response: ServerResponse;
    /** Settles when nothing more is done for the answer. */
    readonly done: Promise<void>;
  }

  /** Sends one streamed call and shows the work that it causes. */
  async function begin(line: string): Promise<Work & { readonly reply: Promise<OpenReply> }> {
    const { promise: begun, resolve } = Promise.withResolvers<Work>();
    const own = createServer((request, response) => {
      resolve({ response, done: answerMessages(openExchange(request, response)) });
      own.close();
    }).listen(0, "127.0.0.1");
    await once(own, "listening");
    const address = own.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const body = prompt(line, { max_tokens: 100_000_000, stream: true });
    const reply = open(`http://127.0.0.1:${port}/v1/messages`, { body, headers: [VERSION] });
    return { ...(await begun), reply };
  }

  test("stops at once when the client leaves, between two events or before the first", async () => {
    const { reply, done } = await begin("#test stream 100 60000");
    (await reply).abort();
    await expect(done).rejects.toThrow("aborted");
    const silent = await begin("#test slow 600000");
    const ended = [
      expect(silent.done).rejects.toThrow("aborted"),
      expect(silent.reply).rejects.toThrow(),
    ];
    silent.response.socket?.destroy();
    await Promise.all(ended);
  });

  test("waits for a reader that does not read", async () => {
    const { response, reply, done } = await begin("#test huge 32768");
    await expect.poll(() => response.writableNeedDrain, { timeout: 30_000 }).toBe(true);
    expect(response.socket?.bytesWritten).toBeLessThan(16 * 1024 * 1024);
    let bytes = 0;
    for await (const chunk of (await reply).chunks) bytes += chunk.length;
    await done;
    expect(bytes).toBeGreaterThan(32 * 1024 * 1024);
  });
});
