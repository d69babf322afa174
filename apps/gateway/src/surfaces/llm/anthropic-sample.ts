/** What the conformance suite needs to know of the Anthropic Messages API. */
import type { HttpReply } from "@yolo/testkit/http-client";
import { z } from "zod";
import type { ReadRefusal, SampleRequest, SurfaceSample } from "../conformance.ts";
import { anthropic } from "./anthropic.ts";

const CALL = {
  model: "claude-sonnet-4-5",
  max_tokens: 64,
  messages: [
    { role: "user", content: "hi" },
    { role: "assistant", content: [{ type: "thinking", thinking: "hm", signature: "c2ln" }] },
    {
      role: "user",
      content: [{ type: "text", text: "go on", cache_control: { type: "ephemeral" } }],
    },
  ],
  system: [{ type: "text", text: "x-anthropic-billing-header: cc_version=1;" }],
  tools: [{ name: "Bash", description: "runs", input_schema: { type: "object" } }],
  some_field_of_tomorrow: { a: [1, 2.5e3, null] },
};

const REQUESTS: readonly SampleRequest[] = [
  { method: "POST", path: "/v1/messages", body: JSON.stringify(CALL) },
  {
    method: "POST",
    path: "/v1/messages",
    body: JSON.stringify({ ...CALL, stream: true }, null, 2),
  },
  {
    method: "POST",
    path: "/v1/messages/count_tokens",
    body: JSON.stringify({ ...CALL, max_tokens: undefined }),
  },
  {
    method: "POST",
    path: "/v1/messages",
    body: JSON.stringify({
      ...CALL,
      mcp_servers: [{ type: "url", name: "x", url: "https://mcp.example/sse" }],
      tools: [{ type: "web_search_20250305", name: "web_search" }],
      fallbacks: [{ model: "claude-haiku-4-5" }],
    }),
  },
  { method: "GET", path: "/v1/models", body: null },
  { method: "GET", path: "/v1/models/claude-sonnet-4-5", body: null },
];

const TYPES = [
  "invalid_request_error",
  "authentication_error",
  "permission_error",
  "not_found_error",
  "request_too_large",
  "rate_limit_error",
  "timeout_error",
  "api_error",
  "overloaded_error",
] as const;

const refusal = z.strictObject({
  type: z.literal("error"),
  error: z.strictObject({ type: z.enum(TYPES), message: z.string().min(1) }),
  request_id: z.string(),
});

/** The statuses at which the SDK tries again unless it is told not to. */
function isRetriedStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function readRefusal(reply: HttpReply): ReadRefusal {
  const { error, request_id: requestId } = refusal.parse(reply.json());
  if (reply.header("request-id") !== requestId) throw new Error("two request ids");
  if (reply.header("content-type") !== "application/json") throw new Error("no JSON");
  const advice = reply.header("x-should-retry");
  return {
    message: error.message,
    requestId,
    // Claude Code retries even a 401 for minutes when nothing is said about it.
    isRetried:
      advice === undefined
        ? reply.status === 401 || isRetriedStatus(reply.status)
        : advice === "true",
  };
}

export const ANTHROPIC_SAMPLE: SurfaceSample = {
  surface: anthropic,
  requests: REQUESTS,
  readRefusal,
};
