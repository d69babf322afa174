/** What people copy into a terminal or a file to point their client here. Each runs as it stands. */

/** Where allowed calls go: the built-in test model, Anthropic with the org's key, or with the developer's own. */
export type Upstream = "test_model" | "vaulted" | "client_credential";

export interface Connection {
  /** Of the org, without a path or a slash at its end. */
  readonly address: string;
  /** The agent key. */
  readonly key: string;
  readonly upstream: Upstream;
}

export const CLIENTS = ["claude-code", "own-subscription", "curl", "typescript", "python"] as const;
export type Client = (typeof CLIENTS)[number];

export const CLIENT_NAMES: { readonly [client in Client]: string } = {
  "claude-code": "Claude Code",
  "own-subscription": "Claude Code, own subscription",
  curl: "curl",
  typescript: "TypeScript",
  python: "Python",
};

const MODEL = "claude-sonnet-5-5";

/** The block of a client; null where it does not go with the upstream. */
export function blockOf(client: Client, connection: Connection): string | null {
  switch (client) {
    case "claude-code":
      return connection.upstream === "client_credential" ? null : claudeCode(connection);
    case "own-subscription":
      return connection.upstream === "client_credential" ? ownSubscription(connection) : null;
    case "curl":
      return curl(connection);
    case "typescript":
      return typescript(connection);
    case "python":
      return python(connection);
  }
}

function claudeCode({ address, key }: Connection): string {
  return `unset ANTHROPIC_API_KEY
export ANTHROPIC_BASE_URL=${address}
export ANTHROPIC_AUTH_TOKEN=${key}
claude -p 'Say hello.'
`;
}

function ownSubscription({ address, key }: Connection): string {
  return `unset ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN
export ANTHROPIC_BASE_URL=${address}
export ANTHROPIC_CUSTOM_HEADERS='x-yolo-key: ${key}'
claude -p 'Say hello.'
`;
}

function curl({ address, key, upstream }: Connection): string {
  const credential =
    upstream === "client_credential"
      ? `-H 'x-yolo-key: ${key}' -H "x-api-key: $ANTHROPIC_API_KEY"`
      : `-H 'x-api-key: ${key}'`;
  return `curl -s ${address}/v1/messages \\
  ${credential} \\
  -H 'anthropic-version: 2023-06-01' -H 'content-type: application/json' \\
  -d '{"model": "${MODEL}", "max_tokens": 100, "messages": [{"role": "user", "content": "Say hello."}]}'
`;
}

function typescript({ address, key, upstream }: Connection): string {
  const credential =
    upstream === "client_credential"
      ? `// Your own ANTHROPIC_API_KEY is read from the environment.
  defaultHeaders: { "x-yolo-key": "${key}" },`
      : `apiKey: "${key}",`;
  return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  baseURL: "${address}",
  ${credential}
});
const message = await client.messages.create({
  model: "${MODEL}",
  max_tokens: 100,
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(message.content);
`;
}

function python({ address, key, upstream }: Connection): string {
  const credential =
    upstream === "client_credential"
      ? `# Your own ANTHROPIC_API_KEY is read from the environment.
    default_headers={"x-yolo-key": "${key}"},`
      : `api_key="${key}",`;
  return `import anthropic

client = anthropic.Anthropic(
    base_url="${address}",
    ${credential}
)
message = client.messages.create(
    model="${MODEL}",
    max_tokens=100,
    messages=[{"role": "user", "content": "Say hello."}],
)
print(message.content)
`;
}
