import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
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

const CONNECT = readFileSync(
  resolve(import.meta.dirname, "../../../../../docs/connect.md"),
  "utf8",
);

test("docs/connect.md names every variable and every header that a block sets", () => {
  for (const connection of UPSTREAMS) {
    for (const client of CLIENTS) {
      const block = blockOf(client, connection) ?? "";
      for (const [name] of block.matchAll(/ANTHROPIC_\w+|x-[a-z]+-key|anthropic-version/g)) {
        expect(CONNECT, client).toContain(name);
      }
    }
  }
});

/** Compiles each text of a list as Python does, and prints what each gives to `anthropic.Anthropic(…)`. */
const READ_CLIENTS = `
import ast, json, sys
def read(code):
    tree = ast.parse(code)
    compile(tree, "first_call.py", "exec")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [call for call in calls if ast.unparse(call.func) == "anthropic.Anthropic"]
    return [{given.arg: ast.literal_eval(given.value) for given in call.keywords} for call in made]
print(json.dumps([read(code) for code in json.load(sys.stdin)]))
`;

/** Slow machines take their time to start it. */
const PYTHON_MS = 60_000;

/** That it does what it says is tried end to end, where Python has the package. */
test("the block for Python is valid Python, and gives the client what docs/connect.md says", {
  timeout: PYTHON_MS,
}, ({ skip }) => {
  const section = /^## Anthropic SDK, Python$.*?^```python$(.*?)^```$/ms;
  const [, documented = ""] = section.exec(CONNECT) ?? [];
  const blocks = UPSTREAMS.map((connection) => blockOf("python", connection));
  const { error, status, stdout, stderr } = spawnSync("python3", ["-c", READ_CLIENTS], {
    input: JSON.stringify([documented, ...blocks]),
    encoding: "utf8",
  });
  if (error !== undefined) return skip("there is no Python here");
  expect(status, stderr).toBe(0);
  const { address: base_url, key: api_key } = shared;
  const withKey = [{ base_url, api_key }];
  const beside = [{ base_url, default_headers: { "x-yolo-key": KEY } }];
  expect(JSON.parse(stdout)).toEqual([
    [{ base_url, api_key: "ylg_live_…" }],
    ...[withKey, withKey, beside],
  ]);
  expect(CONNECT).toContain('default_headers={"x-yolo-key": "ylg_live_…"}');
});
