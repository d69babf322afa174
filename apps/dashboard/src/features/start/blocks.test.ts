import { expect, test } from "vitest";
import { blockOf, CLIENTS, type Connection } from "./blocks.ts";

const KEY = "ylg_live_grSLJmK2SYUfBxkXiJBq3xXFlw8NagZ0YckASvWC03K3wb6J1";
const shared = { address: "https://acme.yologateway.io", key: KEY };
const UPSTREAMS: readonly Connection[] = [
  { ...shared, upstream: "test_model" },
  { ...shared, upstream: "vaulted" },
  { ...shared, upstream: "client_credential" },
];

test("every block holds the org's address, without /v1 as a base, and the whole key", () => {
  for (const connection of UPSTREAMS) {
    for (const client of CLIENTS) {
      const block = blockOf(client, connection);
      if (block === null) continue;
      expect(block).toContain(KEY);
      expect(block).toMatch(/https:\/\/acme\.yologateway\.io(["\n]|\/v1\/messages )/);
    }
  }
});

test("with one's own subscription the key travels as x-yolo-key and in no header of the provider's", () => {
  for (const client of CLIENTS) {
    const block = blockOf(client, { ...shared, upstream: "client_credential" });
    if (block === null) continue;
    expect(block).toContain("x-yolo-key");
    expect(block).not.toMatch(new RegExp(`(x-api-key: |AUTH_TOKEN=|api_?[kK]ey[:=] ?")${KEY}`));
  }
});

test("Claude Code has one block for each way, never both", () => {
  for (const connection of UPSTREAMS) {
    const ways = (["claude-code", "own-subscription"] as const).map((client) =>
      blockOf(client, connection),
    );
    expect(ways.filter((block) => block !== null)).toHaveLength(1);
  }
});

test("a forgotten credential of another kind is taken away before Claude Code starts", () => {
  const [plain, own] = [
    blockOf("claude-code", { ...shared, upstream: "vaulted" }),
    blockOf("own-subscription", { ...shared, upstream: "client_credential" }),
  ];
  expect(plain).toMatch(/^unset ANTHROPIC_API_KEY\n/);
  expect(own).toMatch(/^unset ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN\n/);
});
