/** What in a request makes the provider itself act: tools that it runs, and MCP servers that it calls. */
import type { Action } from "@yolo/core/action";
import type { JsonDocument } from "@yolo/inspect/json";
import { count, malformed, objects, text, word } from "./request-body.ts";

/** An entry of `tools`. */
export interface Tool {
  /** Its name; of a toolset, which has none, the type. */
  readonly name: string;
  /** Null for a tool of the client's own, which a schema describes. */
  readonly type: string | null;
  /** The model that this tool consults, and how much that may say; null where it consults none. */
  readonly model: string | null;
  readonly maxTokens: number | null;
}

/**
 * Anthropic's tools that the client runs, of any date (Anthropic's tool reference: client tools and client toolsets).
 * Every other typed tool makes the provider act, also one that nobody here knows yet.
 */
const CLIENT_TOOL = /^(?:bash|text_editor|computer|memory|computer_toolset|browser_toolset)_\d{8}$/;

/** Only picks from what an entry of `mcp_servers` offers, and that has an action of its own. */
const MCP_TOOLSET = "mcp_toolset";

/** The entries of `tools`, in order. Throws `malformed_request`. */
export function readTools(document: JsonDocument): readonly Tool[] {
  return objects(document, "tools").map((members) => {
    const type = word(document, members, "type");
    const name = text(document, members, "name") ?? type;
    if (name === undefined) throw malformed("Each of tools must have a name.");
    if (type === undefined || type === "custom") {
      return { name, type: null, model: null, maxTokens: null };
    }
    return {
      name,
      type,
      model: word(document, members, "model") ?? null,
      maxTokens: count(document, members, "max_tokens") ?? null,
    };
  });
}

/** `llm:server_tool` on `anthropic/<type>` for each tool that the provider runs. */
export function serverTools(tools: readonly Tool[]): readonly Action[] {
  return tools.flatMap(({ name, type }) =>
    type === null || type === MCP_TOOLSET || CLIENT_TOOL.test(type)
      ? []
      : [
          {
            verb: "llm:server_tool",
            resource: `anthropic/${type}`,
            args: { name, type },
            facts: {},
          },
        ],
  );
}

/** `llm:mcp_server` on `<host><path>` for each entry of `mcp_servers`. Throws `malformed_request`. */
export function mcpServers(document: JsonDocument): readonly Action[] {
  return objects(document, "mcp_servers").map((members) => {
    const { resource, url } = readAddress(
      text(document, members, "url") ?? "",
      "The url of each of mcp_servers",
    );
    return {
      verb: "llm:mcp_server",
      resource,
      args: { name: text(document, members, "name") ?? null, url },
      facts: {},
    };
  });
}

/** An address that the provider is told to reach. `what` names it. Throws `malformed_request`. */
export function readAddress(
  url: string,
  what: string,
): { readonly resource: string; readonly url: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  // A host without a dot would read like the name of a provider in a resource.
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || !parsed.hostname.includes(".")) {
    throw malformed(`${what} must be a full http or https address.`);
  }
  return { resource: `${parsed.host}${parsed.pathname}`, url: parsed.href };
}
