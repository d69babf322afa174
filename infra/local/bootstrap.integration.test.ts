/** The first script of every command, in a checkout of its own that holds nothing else and needs no package. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { expect, onTestFinished, test } from "vitest";

/** A checkout whose `npm start` is `program`, in plain JavaScript that is also TypeScript. */
function checkout(program: string, dependencies: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "yolo-bootstrap-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const local = join(folder, "infra", "local");
  mkdirSync(local, { recursive: true });
  for (const name of ["bootstrap.mjs", "lock.mjs", "stop-request.ts"]) {
    cpSync(join(import.meta.dirname, name), join(local, name));
  }
  writeFileSync(join(local, "start.ts"), program);
  const manifest = { name: "small", type: "module", dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const lockfile = { name: "small", lockfileVersion: 3, packages: { "": { name: "small" } } };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lockfile));
  return folder;
}

function bootstrap(folder: string, ...args: readonly string[]): RunningProcess {
  const { PATH, HOME } = process.env;
  const running = startProcess({
    name: "bootstrap",
    command: process.execPath,
    args: [join(folder, "infra", "local", "bootstrap.mjs"), ...args],
    env: { PATH, HOME },
  });
  onTestFinished(async () => {
    await running.stop();
  });
  return running;
}

test("arguments and exit code pass through", async () => {
  const folder = checkout("console.log(process.argv.slice(2).join()); process.exitCode = 7;");
  const running = bootstrap(folder, "start", "--demo", "x y");
  expect(await running.exited).toMatchObject({ code: 7 });
  expect(running.lastLines(1)).toEqual(["--demo,x y"]);
});

test("a Ctrl-C, which the terminal sends to everybody, reaches the program exactly once", async () => {
  const folder = checkout(`
    let asked = 0;
    process.on("SIGINT", () => {
      asked += 1;
      console.log("asked " + asked);
      setTimeout(() => process.exit(asked), 300);
    });
    setInterval(() => {}, 1000);
    console.log("up");`);
  const running = bootstrap(folder, "start");
  await running.line(/^up$/);
  running.kill("SIGINT");
  expect(await running.exited).toMatchObject({ code: 1 });
  expect(running.lastLines(1)).toEqual(["asked 1"]);
});

test("a program whose starter is killed is asked to stop", async () => {
  const folder = checkout(`
    import { writeFileSync } from "node:fs";
    import { listenForStop } from "./stop-request.ts";
    const stop = listenForStop();
    stop.addEventListener("abort", () => {
      console.log(stop.reason.message);
      clearInterval(timer);
    });
    const timer = setInterval(() => {}, 1000);
    console.log("up");`);
  const running = bootstrap(folder, "start");
  await running.line(/^up$/);
  running.kill("SIGKILL");
  expect(await running.line(/asked/)).toBe("asked to stop by the end of its parent");
});

test("what npm cannot install is one line with npm's own reason", async () => {
  const folder = checkout("", { absent: "file:./absent" });
  const running = bootstrap(folder, "start");
  expect(await running.exited).toMatchObject({ code: 1 });
  expect(running.lastLines(1)).toEqual([
    expect.stringMatching(/^Installing failed: npm error `npm ci` can only/),
  ]);
});

test("while one command installs, another says so and goes", async () => {
  const folder = checkout("");
  const holder = startProcess({
    name: "holder",
    command: process.execPath,
    args: [
      "--input-type=module",
      "--eval",
      `import { takeLock } from "./infra/local/lock.mjs";
       takeLock(".local/install.lock"); console.log("held"); setInterval(() => {}, 1000);`,
      "infra/local/",
    ],
    cwd: folder,
    env: {},
  });
  onTestFinished(async () => {
    await holder.stop();
  });
  await holder.line(/held/);
  const second = bootstrap(folder, "start");
  expect(await second.exited).toMatchObject({ code: 1 });
  expect(second.lastLines(1)).toEqual([
    `Another command is installing here (process ${holder.pid}): try again when it is done.`,
  ]);
  await holder.stop({ signal: "SIGKILL" });
  expect(await bootstrap(folder, "start").exited).toMatchObject({ code: 0 });
});

test("a command that does not exist is refused with the ones that do", async () => {
  const running = bootstrap(checkout(""), "strat");
  expect(await running.exited).toMatchObject({ code: 1 });
  expect(running.lastLines(1)).toEqual([
    "Say what to do: start, test, bench, migrate, seed:large.",
  ]);
});
