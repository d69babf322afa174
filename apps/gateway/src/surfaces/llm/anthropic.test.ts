import { AppError, type ErrorCode } from "@yolo/core/errors";
import type { HttpReply } from "@yolo/testkit/http-client";
import { describe, expect, test } from "vitest";
import { answerOf, describeSurface, headOf, inspectedBody, refusalOf } from "../conformance.ts";
import { anthropic } from "./anthropic.ts";
import { ANTHROPIC_SAMPLE } from "./anthropic-sample.ts";

describeSurface(ANTHROPIC_SAMPLE);

const BODY = JSON.stringify({ model: "claude-x", messages: [] });

describe("what a call says of its caller", () => {
  function callWith(headers: Readonly<Record<string, string>>) {
    return anthropic.parse(
      headOf({ method: "POST", path: "/v1/messages", headers }),
      inspectedBody(BODY),
    );
  }

  test("session and sub-agents come from Claude Code's headers", () => {
    expect(
      callWith({
        "x-app": "cli",
        "x-claude-code-session-id": "11111111-2222",
        "x-claude-code-agent-id": "agent-2",
        "x-claude-code-parent-agent-id": "agent-1",
      }),
    ).toMatchObject({
      clientSession: "11111111-2222",
      subagent: "agent-2",
      parentSubagent: "agent-1",
      tier: "subagent",
    });
    expect(callWith({ "x-app": "cli" })).toMatchObject({ subagent: null, tier: "interactive" });
    expect(callWith({})).toMatchObject({ clientSession: null, parentSubagent: null, tier: "api" });
  });

  test("labels are cut to 200 characters, and an empty one is none", () => {
    const { clientSession, subagent } = callWith({
      "x-claude-code-session-id": "s".repeat(500),
      "x-claude-code-agent-id": "",
    });
    expect([clientSession?.length, subagent]).toEqual([200, null]);
  });
});

describe("greetings", () => {
  async function greet(method: string, path: string): Promise<HttpReply> {
    const { reply } = await answerOf({ method, path }, (exchange) => {
      if (!anthropic.greet(exchange)) exchange.response.writeHead(418).end();
    });
    return reply;
  }

  test.each([
    ["HEAD", "/", 200],
    ["HEAD", "/api/hello", 200],
    ["GET", "/api/hello?x=1", 200],
    ["POST", "/api/hello", 418],
    ["GET", "/v1/models", 418],
  ])("%s %s is answered without a key with %i", async (method, path, status) => {
    const reply = await greet(method, path);
    expect(reply.status).toBe(status);
    expect(anthropic.serves(headOf({ method, path: path.split("?")[0] ?? "" }))).toBe(true);
  });

  test("other paths are not served", () => {
    for (const path of ["/v1/complete", "/api", "/healthz", ""]) {
      expect(anthropic.serves(headOf({ method: "GET", path }))).toBe(false);
    }
  });
});

describe("refusals", () => {
  const types: readonly (readonly [ErrorCode, string])[] = [
    ["missing_key", "authentication_error"],
    ["invalid_key", "authentication_error"],
    ["denied", "permission_error"],
    ["approval_needed", "permission_error"],
    ["no_connector", "permission_error"],
    ["malformed_request", "invalid_request_error"],
    ["method_not_allowed", "invalid_request_error"],
    ["not_found", "not_found_error"],
    ["body_too_large", "request_too_large"],
    ["headers_too_large", "request_too_large"],
    ["request_timeout", "timeout_error"],
    ["upstream_timeout", "timeout_error"],
    ["record_unavailable", "api_error"],
    ["policy_unavailable", "api_error"],
    ["upstream_unreachable", "api_error"],
    ["internal_error", "api_error"],
    ["shutting_down", "overloaded_error"],
    ["overloaded", "overloaded_error"],
  ];

  test.each(types)("%s is told as %s", async (code, type) => {
    const error = new AppError(code, { message: "no" });
    const { reply, requestId } = await refusalOf(anthropic, error);
    expect(reply.json()).toEqual({
      type: "error",
      error: { type, message: "no" },
      request_id: requestId,
    });
    expect(reply.header("x-yolo-error")).toBe(code);
    expect(reply.header("allow")).toBe(
      code === "method_not_allowed" ? "GET, HEAD, POST" : undefined,
    );
  });
});
