/** Runs one prompt of the real Claude Code in a clean environment, as a developer's machine would without us. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ClaudeCodeOptions {
  /** The program, from `fetchClaudeCode`. */
  readonly path: string;
  /** Where its model calls go, without `/v1`. */
  readonly baseUrl: string;
  /** Sent as `x-api-key`. */
  readonly key: string;
  readonly prompt: string;
  readonly model?: string;
  /** The content of a settings file. */
  readonly settings?: object;
  /** Added to the environment, which has nothing but what is said here and a PATH; undefined takes away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** More arguments, for example `["--continue"]`. */
  readonly args?: readonly string[];
  /** A home folder that outlives the run; without it the run has one of its own. */
  readonly home?: string;
  readonly timeoutMs?: number;
}

export interface ClaudeCodeRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The parsed output; undefined where it is no JSON object. */
  readonly result: ClaudeCodeResult | undefined;
}

/** What `--output-format json` prints. */
export interface ClaudeCodeResult {
  /** The last words of the model, or the error as the user sees it. */
  readonly result?: unknown;
  readonly is_error?: unknown;
  readonly api_error_status?: unknown;
  readonly num_turns?: unknown;
  readonly session_id?: unknown;
  readonly [field: string]: unknown;
}

/**
 * One `claude -p` with every tool permitted, in an empty folder. Resolves when it has ended, however it ended.
 * Rejects when it has not after `timeoutMs`; it and whatever it started are killed then.
 */
export async function runClaudeCode(options: ClaudeCodeOptions): Promise<ClaudeCodeRun> {
  if (options.home !== undefined) return runIn(options.home, options);
  const home = await mkdtemp(join(tmpdir(), "claude-code-"));
  try {
    return await runIn(home, options);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function runIn(home: string, options: ClaudeCodeOptions): Promise<ClaudeCodeRun> {
  const cwd = join(home, "work");
  await mkdir(cwd, { recursive: true });
  const settings = join(home, "settings.json");
  await writeFile(settings, JSON.stringify(options.settings ?? {}));
  const args = [
    ...["-p", options.prompt, "--output-format", "json", "--settings", settings],
    "--dangerously-skip-permissions",
    ...(options.model === undefined ? [] : ["--model", options.model]),
    ...(options.args ?? []),
  ];
  const { exitCode, stdout, stderr } = await collect(options, { args, cwd, home });
  return { exitCode, stdout, stderr, result: parseResult(stdout) };
}

function collect(
  { path, baseUrl, key, env, timeoutMs = 60_000 }: ClaudeCodeOptions,
  { args, cwd, home }: { args: readonly string[]; cwd: string; home: string },
): Promise<Omit<ClaudeCodeRun, "result">> {
  const child = spawn(path, args, {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...cleanEnvironment(home), ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_API_KEY: key, ...env },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      reject(new Error(`Claude Code did not end in ${timeoutMs} ms: ${output.stderr}`));
    }, timeoutMs);
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, ...output });
    });
  });
}

/** No credential, proxy or setting of the machine gets in, and nothing but model calls goes out. */
function cleanEnvironment(home: string): Readonly<Record<string, string | undefined>> {
  const { PATH } = process.env;
  return {
    PATH,
    HOME: home,
    IS_SANDBOX: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_TELEMETRY: "1",
  };
}

function parseResult(stdout: string): ClaudeCodeResult | undefined {
  try {
    const parsed: unknown = JSON.parse(stdout);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
