/**
 * `npm start`: Postgres, Redis, gateway, worker, dashboard and test model on this machine's loopback, until Ctrl-C.
 * Nothing is restarted silently: when one part ends, it is named with its last words and everything stops.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError, runCommand } from "@yolo/prisma/operator-error";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { apps, type House } from "./apps.ts";
import { startDashboardBuild } from "./dashboard-build.ts";
import { lockDataFolder, openDataFolder } from "./data-folder.ts";
import { openDemo } from "./demo.ts";
import { diskFull } from "./disk.ts";
import { requireFreePort } from "./ports.ts";
import { describeMail, PRINTED_MAIL } from "./printed-mail.ts";
import { describeHouse, removeReadyFile, writeReadyFile } from "./ready.ts";
import { keepSecretsFile } from "./secrets.ts";
import { readSettings, type Settings } from "./settings.ts";
import { listenForStop, StopRequested, unlessStopped } from "./stop-request.ts";
import { openStores } from "./stores.ts";

const READY_MS = 60_000;
/** A little longer than the gateway may drain. */
const APP_GRACE_MS = 7_000;
const SHOWN_LINES = 15;

/** What a start works with; what is deferred on `cleanup` is undone in the opposite order. */
interface Run {
  readonly settings: Settings;
  readonly data: string;
  readonly stop: AbortSignal;
  readonly cleanup: AsyncDisposableStack;
  /** Everything that should run until it is stopped. */
  readonly running: RunningProcess[];
}

/** A part that should run has ended, or never became ready. */
class PartFailed extends Error {
  readonly part: RunningProcess;

  constructor(part: RunningProcess, message = part.describeExit()) {
    super(message);
    this.part = part;
  }
}

await runCommand(main);

async function main(): Promise<void> {
  const stop = listenForStop();
  const { demo } = readArguments();
  const settings = readSettings(process.env);
  await using cleanup = new AsyncDisposableStack();
  try {
    await requireFreePorts(settings);
    const data = openDataFolder(settings.YOLO_DATA);
    cleanup.defer(lockDataFolder(data));
    await live({ settings, data, stop, cleanup, running: [] }, demo);
  } catch (error) {
    if (error instanceof PartFailed) throw explain(error);
    if (!(error instanceof StopRequested)) throw diskFull(error) ?? error;
    say("Stopping …");
  }
}

/** Resolves never: it ends by the stop request or by the first part that ends. */
async function live(run: Run, demo: boolean): Promise<void> {
  removeReadyFile(run.data);
  say("Starting Postgres and Redis …");
  const house = await describe(run);
  const seeded = demo ? await unlessStopped(run.stop, openDemo(house, run.settings)) : undefined;
  await buildDashboard(run);
  // Once more: building may have taken a minute.
  await requireFreePorts(run.settings);
  await startApps(run, house);
  if (seeded !== undefined) writeReadyFile(house, seeded);
  say(await describeHouse(house, seeded));
  await unlessStopped(run.stop, firstEnd(run.running));
}

async function requireFreePorts({ PORT_GATEWAY, PORT_DASHBOARD }: Settings): Promise<void> {
  await requireFreePort(PORT_GATEWAY, "PORT_GATEWAY");
  await requireFreePort(PORT_DASHBOARD, "PORT_DASHBOARD");
}

async function describe({ settings, data, stop, cleanup, running }: Run): Promise<House> {
  const stores = await openStores({
    settings,
    data,
    stop,
    started: (process, stopIt) => {
      running.push(process);
      cleanup.defer(stopIt);
    },
  });
  return {
    data,
    ...stores,
    secretsFile: keepSecretsFile(data),
    logLevel: settings.LOG_LEVEL,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    ports: {
      dashboard: settings.PORT_DASHBOARD,
      gateway: settings.PORT_GATEWAY,
      gatewayOperator: await freePort(),
      worker: await freePort(),
      testModel: await freePort(),
    },
  };
}

async function buildDashboard({ data, stop, cleanup }: Run): Promise<void> {
  const build = startDashboardBuild(join(data, "logs", "dashboard-build.log"));
  if (build === undefined) return;
  say("Building the dashboard (about half a minute, once) …");
  cleanup.defer(async () => {
    await build.process.stop();
  });
  await unlessStopped(stop, build.done).catch((error: unknown) => {
    throw error instanceof StopRequested ? error : new PartFailed(build.process);
  });
}

/** Starts them all and waits until each answers; stopping them is one step, in which none waits for another. */
async function startApps({ data, stop, cleanup, running }: Run, house: House): Promise<void> {
  say(`Starting gateway, worker, dashboard and test model (logs in ${data}/logs) …`);
  const started = apps(house).map((app) => ({ app, process: startProcess(app.spec) }));
  running.push(...started.map(({ process }) => process));
  for (const { process } of started) process.watch(PRINTED_MAIL, (line) => say(describeMail(line)));
  cleanup.defer(async () => {
    await Promise.all(started.map(({ process }) => process.stop({ graceMs: APP_GRACE_MS })));
  });
  const ready = started.map(async ({ app, process }) => {
    try {
      await process.answers(app.readyUrl, READY_MS);
    } catch (cause) {
      throw new PartFailed(process, cause instanceof Error ? cause.message : String(cause));
    }
  });
  await unlessStopped(stop, Promise.race([Promise.all(ready), firstEnd(running)]));
}

/** Rejects when one of them ends. */
async function firstEnd(processes: readonly RunningProcess[]): Promise<never> {
  const ends = processes.map((process) => process.exited.then(() => process));
  throw new PartFailed(await Promise.race(ends));
}

/** Shows the part's last lines; the error says in one what happened. */
function explain({ part, message }: PartFailed): OperatorError {
  const lines = part.lastLines(SHOWN_LINES);
  process.stderr.write(lines.map((line) => `  ${line}\n`).join(""));
  return diskFull(lines.join("\n")) ?? new OperatorError(`${message}. Everything else stops.`);
}

function readArguments(): { demo: boolean } {
  try {
    const { values } = parseArgs({ options: { demo: { type: "boolean", default: false } } });
    return values;
  } catch (cause) {
    throw new OperatorError("npm start takes one option: npm start -- --demo", { cause });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
