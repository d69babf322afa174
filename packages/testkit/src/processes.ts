/**
 * Child processes that end when they are told to, and say why when they end by themselves.
 * Each has a process group of its own, so that a Ctrl-C in the terminal reaches only the one that orders the rest.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited but where compiled code is kept (`NODE_COMPILE_CACHE`). */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Runs as this user and group. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Leaves its standard input open until this process ends, however it ends: so that it can notice. */
  readonly holdInput?: boolean;
  /** Everything it prints is also written here; the file starts anew. */
  readonly logFile?: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What kept the program from starting at all, for example that it does not exist. */
  readonly failure?: Error;
}

const KEPT_LINES = 200;
const POLL_MS = 25;
/** How long the output of an ended process is awaited; something it started may hold the pipe open. */
const LAST_WORDS_MS = 500;

/** Starts the program at once; never throws: a program that cannot start is one that has exited. */
export function startProcess(spec: ProcessSpec): RunningProcess {
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...spec.env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    ...spec.user,
  });
  child.stdin?.on("error", () => undefined);
  if (spec.holdInput !== true) child.stdin?.end(spec.input ?? "");
  return new RunningProcess(spec, child);
}

export class RunningProcess implements AsyncDisposable {
  readonly name: string;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #watchers = new Set<(line: string) => void>();
  #exit: Exit | undefined;

  constructor(spec: ProcessSpec, child: ChildProcess) {
    this.name = spec.name;
    this.#child = child;
    const log = spec.logFile === undefined ? undefined : createWriteStream(spec.logFile);
    log?.on("error", () => undefined);
    for (const output of [child.stdout, child.stderr]) {
      if (output === null) continue;
      createInterface({ input: output }).on("line", (line) => {
        log?.write(`${line}\n`);
        this.#keep(line);
      });
    }
    this.exited = new Promise((resolve) => {
      const finish = (exit: Exit) => {
        this.#exit = exit;
        log?.end();
        resolve(exit);
      };
      child.once("error", (failure) => finish({ code: null, signal: null, failure }));
      child.once("exit", (code, signal) => {
        const end = () => finish({ code, signal });
        child.once("close", end);
        setTimeout(end, LAST_WORDS_MS).unref();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  /** The last lines it printed, oldest first, at most 200. */
  lastLines(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }

  /** Hands every later line that matches to the listener, until the process ends. */
  watch(pattern: RegExp, listener: (line: string) => void): void {
    this.#watchers.add((line) => {
      if (pattern.test(line)) listener(line);
    });
  }

  /** Resolves with the first line, printed already or later, that matches. Rejects when it exits without. */
  async line(pattern: RegExp): Promise<string> {
    const found = this.#lines.find((line) => pattern.test(line));
    if (found !== undefined) return found;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const watcher = (line: string) => {
      if (pattern.test(line)) resolve(line);
    };
    this.#watchers.add(watcher);
    void this.exited.then(() => reject(new Error(this.describeExit())));
    try {
      return await promise;
    } finally {
      this.#watchers.delete(watcher);
    }
  }

  /** Resolves once a GET of `url` answers 200. Rejects when the process exits first or the time is over. */
  async answers(url: string, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.running) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`${this.name} is not ready after ${timeoutMs / 1_000} s`);
      if (await isOk(url, left)) return;
      await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, POLL_MS))]);
    }
    throw new Error(this.describeExit());
  }

  /** Sends a signal to it and to every process of its group. */
  kill(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }

  /** Sends `signal` to the process alone; what is left of its group after that, or after `graceMs`, is killed. */
  async stop({ signal = "SIGTERM", graceMs = 5_000 }: StopOptions = {}): Promise<Exit> {
    if (this.running) this.#child.kill(signal);
    const timer = setTimeout(() => this.kill("SIGKILL"), graceMs);
    const exit = await this.exited;
    clearTimeout(timer);
    this.kill("SIGKILL");
    return exit;
  }

  /** One line: how it ended, and the last thing it said. */
  describeExit(): string {
    const { code, signal, failure } = this.#exit ?? {};
    if (failure !== undefined) return `${this.name} did not start: ${failure.message}`;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    const last = this.#lines.findLast((line) => line.trim() !== "");
    return `${this.name} ${how}${last === undefined ? "" : `: ${last}`}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #keep(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    for (const watcher of this.#watchers) watcher(line);
  }
}

export interface StopOptions {
  readonly signal?: NodeJS.Signals;
  readonly graceMs?: number;
}

async function isOk(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(Math.ceil(timeoutMs)) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** A port on the loopback that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no address");
  return address.port;
}
