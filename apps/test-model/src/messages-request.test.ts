import { expect, test } from "vitest";
import { parseCountTokensRequest, parseMessagesRequest } from "./messages-request.ts";

const valid = { model: "m", max_tokens: 1, messages: [{ role: "user", content: "hi" }] };
const withContent = (...content: readonly unknown[]) => ({
  ...valid,
  messages: [{ role: "user", content }],
});

test("unknown fields, block types and tools pass and are kept", () => {
  const body = {
    ...withContent({ type: "from_the_future", depth: { x: 1 } }),
    safeguards: [{ type: "x" }],
    tools: [{ type: "mcp_toolset" }, { name: "Bash", defer_loading: true }],
    system: [{ type: "text", text: "be kind", cache_control: { type: "ephemeral" } }],
  };
  expect(parseMessagesRequest(body)).toEqual(body);
});

test.each([
  ["model", { ...valid, model: undefined }, "model: Field required"],
  ["messages", { ...valid, messages: undefined }, "messages: Field required"],
  ["max_tokens", { ...valid, max_tokens: undefined }, "max_tokens: Field required"],
  ["empty messages", { ...valid, messages: [] }, "messages: at least one message is required"],
  ["zero tokens", { ...valid, max_tokens: 0 }, "max_tokens: must be greater than or equal to 1"],
  [
    "a text without text",
    withContent({ type: "text" }),
    "messages.0.content.0.text: Field required",
  ],
  ["a block without type", withContent({}), "messages.0.content.0.type: Field required"],
  [
    "a result without id",
    withContent({ type: "tool_result" }),
    "messages.0.content.0.tool_use_id: Field required",
  ],
  ["no object", "hi", "body: Invalid input: expected object, received string"],
])("%s is refused by name", (_, body, message) => {
  expect(() => parseMessagesRequest(body)).toThrow(message);
});

test("counting tokens needs no max_tokens", () => {
  expect(() => parseCountTokensRequest({ ...valid, max_tokens: undefined })).not.toThrow();
});
