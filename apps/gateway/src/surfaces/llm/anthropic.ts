/** The Anthropic Messages API: what Claude Code, the Claude SDKs and everything that speaks like them use. */
import { hash } from "node:crypto";
import type { Exchange, RequestHead } from "../../exchange.ts";
import type { Admitted } from "../../pipeline/admit.ts";
import type { Inspected } from "../../pipeline/inspect.ts";
import type { Forwarded } from "../../pipeline/record.ts";
import { forwardedHeaders } from "../../upstream/headers.ts";
import { relay } from "../../upstream/relay.ts";
import type { Upstream } from "../../upstream/upstream.ts";
import type { Call, Conversation, Surface } from "../surface.ts";
import { isAnthropicPath, readActions } from "./anthropic-request.ts";
import { readCredential } from "./credential.ts";
import { refuse } from "./refusal.ts";
import { type ReplyTap, tapReply } from "./reply-tap.ts";
import { newTurns } from "./turns.ts";

/** What a client asks before it has anything to say. */
const GREETINGS: ReadonlySet<string> = new Set(["/", "/api/hello"]);
const LABEL_MAX = 200;

const CUT_TEXT = {
  no_longer_allowed:
    "[yologateway ended this reply: the key, agent or policy behind it was changed or has expired and no longer allows it.]",
  shutting_down: "[yologateway ended this reply: the gateway is restarting. Ask again.]",
  lease_ended:
    "[yologateway ended this reply: the gateway lost its database and cannot record. Ask again later.]",
} as const;

export const anthropic: Surface = {
  name: "llm",
  serves: (head) => isAnthropicPath(head.path) || GREETINGS.has(head.path),
  greet,
  credential: readCredential,
  parse,
  capture: newTurns,
  forward,
  refuse,
};

function greet({ head, response }: Exchange): boolean {
  if (!GREETINGS.has(head.path)) return false;
  if (head.method !== "HEAD" && head.method !== "GET") return false;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(head.method === "HEAD" ? undefined : '{"ok":true}');
  return true;
}

function parse(head: RequestHead, body: Inspected): Call {
  const subagent = label(head, "x-claude-code-agent-id");
  const isClaudeCode = head.headers["x-app"] === "cli";
  const clientSession = label(head, "x-claude-code-session-id");
  return {
    actions: readActions(head, body),
    provider: "anthropic",
    clientSession,
    conversation: clientSession === null ? conversationOf(body) : null,
    subagent,
    parentSubagent: label(head, "x-claude-code-parent-agent-id"),
    clientRef: null,
    tier: subagent !== null ? "subagent" : isClaudeCode ? "interactive" : "api",
  };
}

/** A conversation is known by its first message. */
function conversationOf({ bytes, document }: Inspected): Conversation | null {
  const messages = document?.elements("messages") ?? [];
  const [first] = messages;
  if (first === undefined) return null;
  const beginning = hash("sha256", bytes.subarray(first.start, first.end), "base64");
  return { beginning, isStart: messages.length === 1 };
}

/** A label is the client's word and nothing more: cut to a bearable length, never interpreted. */
function label({ headers }: RequestHead, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" && value !== "" ? value.slice(0, LABEL_MAX) : null;
}

async function forward(
  admitted: Admitted,
  exchange: Exchange,
  upstream: Upstream,
): Promise<Forwarded> {
  const { head } = exchange;
  const { bytes } = admitted.inspected;
  const [main] = admitted.call.actions;
  let tap: ReplyTap | null = null;
  const relayed = await relay(
    {
      method: head.method === "GET" ? "GET" : "POST",
      target: head.path + head.query,
      headers: headersFor(head, upstream, exchange.requestId),
      body: bytes.length === 0 ? null : bytes,
      cutText: CUT_TEXT,
      tap(status, headers) {
        tap = tapReply({
          status,
          contentType: String(headers["content-type"] ?? ""),
          model: typeof main.args.model === "string" ? main.args.model : "",
          capture:
            main.verb === "llm:invoke" &&
            admitted.identified.key.project.captureLevel !== "metadata",
        });
        return tap;
      },
    },
    exchange,
    upstream,
  );
  return forwardedOf(relayed, tap);
}

function forwardedOf(relayed: Forwarded["relayed"], tap: ReplyTap | null): Forwarded {
  const requestId = relayed.headers["request-id"];
  const failed = tap?.failed() === true && relayed.outcome === "done";
  return {
    relayed: failed ? { ...relayed, outcome: "upstream_error" } : relayed,
    usage: tap?.usage() ?? null,
    upstreamRequestId: typeof requestId === "string" ? requestId : null,
    captured: tap?.captured() ?? null,
  };
}

function headersFor(head: RequestHead, upstream: Upstream, requestId: string): string[] {
  const headers = forwardedHeaders(head.rawHeaders, head.headers.connection);
  for (const [name, value] of upstream.credentialHeaders) headers.push(name, value);
  // Unencoded replies, so that what passes can be read.
  headers.push("accept-encoding", "identity", "x-request-id", requestId);
  return headers;
}
