import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchClaudeCode } from "./claude-code-binary.ts";
import { startUpstream, type Upstream } from "./upstream.ts";
import { bytesReply, jsonReply } from "./upstream-replies.ts";

const PATIENCE = { timeout: 60_000 };
let folder: string;
let registry: Upstream;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-cache-"));
  registry = await startUpstream();
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  vi.stubEnv("npm_config_registry", registry.url);
  vi.stubEnv("npm_config_cache", join(folder, "npm"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

/** A package of the registry in whose place something else was put. */
async function packImpostor(): Promise<Buffer> {
  await mkdir(join(folder, "package"));
  await writeFile(join(folder, "package", "claude"), "#!/bin/sh\necho 2.1.330\n", { mode: 0o755 });
  await writeFile(join(folder, "package", "package.json"), '{"name":"x","version":"2.1.330"}');
  execFileSync("tar", ["-czf", join(folder, "x.tgz"), "-C", folder, "package"]);
  return readFile(join(folder, "x.tgz"));
}

test("without a registry the reason is told and nothing is left behind", PATIENCE, async () => {
  const result = await fetchClaudeCode();
  expect(result).toMatchObject({ unavailable: expect.stringMatching(/cannot be fetched: .*npm/) });
  expect(await readdir(join(folder, "cache", "yologateway", "claude-code"))).toEqual([]);
});

test(
  "a registry that sends other bytes than the pinned ones is not believed",
  PATIENCE,
  async () => {
    const tarball = await packImpostor();
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    registry.respondWith((exchange) => {
      if (exchange.request.target.endsWith(".tgz")) return bytesReply(200, {}, tarball)(exchange);
      const name = decodeURIComponent(exchange.request.target.slice(1));
      const dist = { tarball: `${registry.url}/x.tgz`, integrity };
      const versions = { "2.1.330": { name, version: "2.1.330", dist } };
      return jsonReply(200, { name, "dist-tags": { latest: "2.1.330" }, versions })(exchange);
    });
    const result = await fetchClaudeCode();
    expect(registry.requests.map(({ target }) => target)).toContain("/x.tgz");
    expect(result).toMatchObject({
      unavailable: expect.stringContaining("what the registry sent is not what is pinned"),
    });
    expect(await readdir(join(folder, "cache", "yologateway", "claude-code"))).toEqual([]);
  },
);
