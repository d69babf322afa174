import { expect, test } from "vitest";
import { checkHistory, readLastTurn, signThinking } from "./conversation.ts";
import { parseMessagesRequest } from "./messages-request.ts";

function request(...messages: readonly object[]) {
  return parseMessagesRequest({ model: "m", max_tokens: 1, messages });
}
const user = (...content: readonly object[]) => ({ role: "user", content });
const assistant = (...content: readonly object[]) => ({ role: "assistant", content });
const text = (value: string) => ({ type: "text", text: value });
const call = (id: string) => ({ type: "tool_use", id, name: "Bash", input: {} });
const result = (id: string, more: object = {}) => ({
  type: "tool_result",
  tool_use_id: id,
  ...more,
});

test("the last turn is the last user message, also when a system message follows", () => {
  const conversation = request(
    user(text("first")),
    assistant(call("a")),
    user(result("a", { content: [text("x"), text("y")], is_error: true }), text("more")),
    { role: "system", content: "reminder" },
  );
  expect(readLastTurn(conversation)).toEqual({
    texts: ["more"],
    toolResults: [{ isError: true, text: "xy" }],
  });
});

test("a sound history passes, with system messages and split turns inside", () => {
  const thinking = { type: "thinking", thinking: "hm", signature: signThinking("hm") };
  const conversation = request(
    user(text("hi")),
    { role: "system", content: "env" },
    assistant(thinking),
    assistant(call("a"), call("b")),
    { role: "system", content: "env" },
    user(result("b")),
    user(result("a"), text("go on")),
    assistant(call("c")),
  );
  expect(() => checkHistory(conversation)).not.toThrow();
});

test("a tool call without its result, or a result without its call, is refused and named", () => {
  expect(() => checkHistory(request(user(), assistant(call("a")), user(text("b"))))).toThrow(
    /without `tool_result` blocks immediately after: a$/,
  );
  expect(() => checkHistory(request(user(text("a")), assistant(), user(result("b"))))).toThrow(
    /unexpected `tool_use_id` .*: b$/,
  );
  expect(() => checkHistory(request(user(result("b"))))).toThrow(/unexpected/);
});

test("a thinking block that was changed on the way is refused", () => {
  const changed = { type: "thinking", thinking: "hm!", signature: signThinking("hm") };
  expect(() => checkHistory(request(user(), assistant(changed)))).toThrow(/Invalid `signature`/);
});
