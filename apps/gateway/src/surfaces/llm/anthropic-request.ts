/** From a request of the Anthropic Messages API to the actions it attempts. Never guesses: what it cannot read is refused. */
import { createHash } from "node:crypto";
import type { Action, Actions, Json } from "@yolo/core/action";
import { AppError } from "@yolo/core/errors";
import type { JsonDocument, Span } from "@yolo/inspect/json";
import type { RequestHead } from "../../exchange.ts";
import type { Inspected } from "../../pipeline/inspect.ts";

const MODELS_PATH = /^\/v1\/models(?:\/[A-Za-z0-9._:-]+)?$/;
/** Visible ASCII without what a glob or a path would read as its own. */
const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:@[\]-]{0,199}$/;

/** Whether a path is part of the API at all; any method. */
export function isAnthropicPath(path: string): boolean {
  return path === "/v1/messages" || path === "/v1/messages/count_tokens" || MODELS_PATH.test(path);
}

/** Throws `malformed_request`, `method_not_allowed` or `not_found`. */
export function readActions(head: RequestHead, body: Inspected): Actions {
  if (!isAnthropicPath(head.path)) {
    throw new AppError("not_found", { message: `There is nothing at ${head.path}.` });
  }
  const isModels = MODELS_PATH.test(head.path);
  if (head.method !== (isModels ? "GET" : "POST")) {
    throw new AppError("method_not_allowed", {
      message: `${head.path} does not take ${head.method}.`,
    });
  }
  if (isModels) return [listModels(body)];
  const { document } = body;
  if (document === null || document.kind !== "object")
    throw malformed("The body must be a JSON object.");
  const main = modelAction(
    head.path === "/v1/messages" ? "invoke" : "count_tokens",
    document,
    body,
  );
  return [main, ...mcpServers(document), ...serverTools(document)];
}

function listModels(body: Inspected): Action {
  if (body.document !== null) throw malformed("A GET takes no body.");
  return { verb: "llm:list_models", resource: "anthropic/models", args: {}, facts: {} };
}

function modelAction(
  name: "invoke" | "count_tokens",
  document: JsonDocument,
  body: Inspected,
): Action {
  const model = required(document, "model");
  if (typeof model !== "string" || !MODEL.test(model)) {
    throw malformed("model must be the name of a model.");
  }
  const maxTokens = optional(document, "max_tokens");
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && Number(maxTokens) > 0)) {
    throw malformed("max_tokens must be a positive whole number.");
  }
  const stream = optional(document, "stream") ?? false;
  if (typeof stream !== "boolean") throw malformed("stream must be true or false.");
  const messages = arrayOf(document, "messages");
  if (messages === undefined) throw malformed("messages is missing.");
  const tools = toolsOf(document).map(({ name: tool }) => tool);
  return {
    verb: `llm:${name}`,
    resource: `anthropic/${model}`,
    args: {
      model,
      max_tokens: maxTokens ?? null,
      tools,
      body: createHash("sha256").update(body.bytes).digest("hex"),
    },
    facts: { stream, messages: messages.length, tools: tools.length, bytes: body.bytes.length },
  };
}

interface Tool {
  readonly name: string;
  /** Null: a tool of the client's own, described by a schema. */
  readonly type: string | null;
}

function toolsOf(document: JsonDocument): Tool[] {
  return (arrayOf(document, "tools") ?? []).map((span) => {
    const { name, type } = fieldsOf(document, span, "tools");
    if (typeof name !== "string" && name !== undefined)
      throw malformed("A tool's name must be text.");
    if (typeof type !== "string" && type !== undefined)
      throw malformed("A tool's type must be text.");
    return { name: name ?? "", type: type === undefined || type === "custom" ? null : type };
  });
}

/**
 * Typed tools that the client runs, by Anthropic's tool reference; every other typed tool makes the provider itself
 * act, and so does one that nobody here knows yet.
 */
const CLIENT_TOOL = /^(?:bash|text_editor|computer|memory)_\d{8}$/;

function serverTools(document: JsonDocument): Action[] {
  return toolsOf(document).flatMap(({ name, type }) =>
    type === null || CLIENT_TOOL.test(type)
      ? []
      : [
          {
            verb: "llm:server_tool",
            resource: `anthropic/${plain(type)}`,
            args: { name, type },
            facts: {},
          },
        ],
  );
}

function mcpServers(document: JsonDocument): Action[] {
  return (arrayOf(document, "mcp_servers") ?? []).map((span) => {
    const { name, url } = fieldsOf(document, span, "mcp_servers");
    const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : null;
    if (parsed === null) throw malformed("Each of mcp_servers must have a url.");
    return {
      verb: "llm:mcp_server",
      resource: `${parsed.host}${parsed.pathname}`,
      args: { name: typeof name === "string" ? name : null, url: parsed.href },
      facts: {},
    };
  });
}

/** An unknown tool type becomes part of a resource: only as a word. */
function plain(type: string): string {
  if (MODEL.test(type)) return type;
  throw malformed("A tool's type must be a word.");
}

function fieldsOf(
  document: JsonDocument,
  span: Span,
  member: string,
): { readonly [name: string]: Json } {
  // Parsed whole, so that a key that stands twice is refused and not read in one of two ways.
  if (document.kindOf(span) !== "object") throw malformed(`Each of ${member} must be an object.`);
  const fields: Record<string, Json> = {};
  for (const [name, { value }] of document.membersOf(span)) {
    if (document.kindOf(value) === "string") fields[name] = document.parse(value);
    else if (name === "name" || name === "type" || name === "url")
      throw malformed(`${member}: ${name} must be text.`);
  }
  return fields;
}

function arrayOf(document: JsonDocument, name: string): readonly Span[] | undefined {
  const member = document.members.get(name);
  if (member === undefined || document.kindOf(member.value) === "null") return undefined;
  const elements = document.elements(name);
  if (elements === undefined) throw malformed(`${name} must be a list.`);
  return elements;
}

function required(document: JsonDocument, name: string): Json {
  const value = optional(document, name);
  if (value === undefined) throw malformed(`${name} is missing.`);
  return value;
}

/** A scalar member; absent and null are the same. Never parses a list or an object. */
function optional(document: JsonDocument, name: string): Json | undefined {
  const member = document.members.get(name);
  if (member === undefined) return undefined;
  const kind = document.kindOf(member.value);
  if (kind === "array" || kind === "object")
    throw malformed(`${name} must not be a list or an object.`);
  return document.parse(member.value) ?? undefined;
}

function malformed(message: string): AppError {
  return new AppError("malformed_request", { message });
}
