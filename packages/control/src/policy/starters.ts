/** The starter policies by name. */

export const STARTER_NAMES = ["claude-code"] as const;
export type StarterName = (typeof STARTER_NAMES)[number];

export const STARTERS: { readonly [name in StarterName]: string } = {
  "claude-code": `version: 1
mode: enforce
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-**, anthropic/models]
  - deny: [llm:mcp_server, llm:server_tool]
    id: no-provider-tools
    always: true
    reason: Tools run by the provider are outside this policy's reach; use local ones.
`,
};
