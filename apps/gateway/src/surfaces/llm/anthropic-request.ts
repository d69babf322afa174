/** From a request of the Anthropic Messages API to the actions it attempts. Never guesses: what it cannot read is refused. */
import { hash } from "node:crypto";
import type { Action, Actions, Json } from "@yolo/core/action";
import { AppError } from "@yolo/core/errors";
import type { JsonDocument } from "@yolo/inspect/json";
import type { RequestHead } from "../../exchange.ts";
import type { Inspected } from "../../pipeline/inspect.ts";
import { mcpServers, readTools, serverTools, type Tool } from "./provider-actions.ts";
import { count, flag, list, malformed, objects, text, word } from "./request-body.ts";
import { urlSources } from "./url-sources.ts";

const MODELS_PATH = /^\/v1\/models(?:\/[A-Za-z0-9._:-]+)?$/;

/** Whether a path is part of the API at all; any method. */
export function isAnthropicPath(path: string): boolean {
  return path === "/v1/messages" || path === "/v1/messages/count_tokens" || MODELS_PATH.test(path);
}

/**
 * The first action is the call itself; whatever makes the provider act beyond answering is one more each.
 * Throws `malformed_request`, `method_not_allowed` or `not_found`.
 */
export function readActions(head: RequestHead, body: Inspected): Actions {
  if (!isAnthropicPath(head.path)) {
    throw new AppError("not_found", { message: `There is nothing at ${head.path}.` });
  }
  // Addresses stand in everybody's logs, and this one would be the provider's too.
  if (/ylg_|ylt_/.test(head.path + head.query)) {
    throw malformed("A key stands in the address. Send it in a header, and make a new one.");
  }
  const isModels = MODELS_PATH.test(head.path);
  if (head.method !== (isModels ? "GET" : "POST")) {
    throw new AppError("method_not_allowed", {
      message: `${head.path} does not take ${head.method}.`,
    });
  }
  const { document } = body;
  if (isModels) {
    if (document !== null) throw malformed("A GET takes no body.");
    return [{ verb: "llm:list_models", resource: "anthropic/models", args: {}, facts: {} }];
  }
  if (document === null || document.kind !== "object") {
    throw malformed("The body must be a JSON object.");
  }
  const tools = readTools(document);
  const call = readCall(document, body, tools);
  if (head.path !== "/v1/messages") {
    return [action("llm:count_tokens", call), ...mcpServers(document), ...urlSources(document)];
  }
  return [
    action("llm:invoke", call),
    ...otherModels(document, call, tools).map((other) => action("llm:invoke", other)),
    ...mcpServers(document),
    ...serverTools(tools),
    ...urlSources(document),
  ];
}

/** A call of one model. */
interface ModelCall {
  readonly model: string;
  readonly maxTokens: number | null;
  readonly tools: readonly string[];
  /** SHA-256 of the body as sent on, hexadecimal. */
  readonly body: string;
  readonly facts: { readonly [name: string]: Json };
}

function readCall(document: JsonDocument, { bytes }: Inspected, tools: readonly Tool[]): ModelCall {
  const model = word(document, document.members, "model");
  if (model === undefined) throw malformed("model is missing.");
  const messages = list(document, "messages");
  if (messages === undefined) throw malformed("messages is missing.");
  return {
    model,
    maxTokens: count(document, document.members, "max_tokens") ?? null,
    tools: tools.map(({ name }) => name),
    body: hash("sha256", bytes, "hex"),
    facts: {
      stream: flag(document, document.members, "stream"),
      messages: messages.length,
      tools: tools.length,
      bytes: bytes.length,
    },
  };
}

function action(verb: "llm:invoke" | "llm:count_tokens", call: ModelCall): Action {
  const { model, maxTokens, tools, body, facts } = call;
  return {
    verb,
    resource: `anthropic/${model}`,
    args: { model, max_tokens: maxTokens, tools, body },
    facts,
  };
}

/** What the provider chooses by itself when `fallbacks` is `"default"`: some model that nobody names. */
const UNNAMED_MODEL = "default-fallback";

/** The models that may answer besides the one that is asked: fallbacks, and those that tools consult. */
function otherModels(
  document: JsonDocument,
  call: ModelCall,
  tools: readonly Tool[],
): readonly ModelCall[] {
  const consulted = tools.flatMap(({ model, maxTokens }) =>
    model === null ? [] : [{ ...call, model, maxTokens }],
  );
  return [...readFallbacks(document, call), ...consulted];
}

function readFallbacks(document: JsonDocument, call: ModelCall): readonly ModelCall[] {
  const value = document.members.get("fallbacks")?.value;
  if (value !== undefined && document.kindOf(value) === "string") {
    if (text(document, document.members, "fallbacks") === "default") {
      return [{ ...call, model: UNNAMED_MODEL }];
    }
    throw malformed('fallbacks must be a list of models or "default".');
  }
  return objects(document, "fallbacks").map((members) => {
    const model = word(document, members, "model");
    if (model === undefined) throw malformed("Each of fallbacks must have a model.");
    const maxTokens = count(document, members, "max_tokens") ?? call.maxTokens;
    return { ...call, model, maxTokens };
  });
}
