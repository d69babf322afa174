/** The test model as a process: listens on HOST and PORT, finishes live answers on SIGTERM or SIGINT. */
import { readEnv } from "./env.ts";
import { startServer, type TestModelServer } from "./server.ts";

/** How long live answers may go on after the signal. */
const DRAIN_MS = 10_000;

function log(level: "info" | "error", facts: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ level, app: "test-model", ...facts })}\n`);
}

async function stop(server: TestModelServer, signal: NodeJS.Signals): Promise<void> {
  log("info", { msg: "draining", signal });
  await server.drain(DRAIN_MS);
  log("info", { msg: "stopped" });
}

try {
  const { HOST, PORT } = readEnv(process.env);
  const server = await startServer({ host: HOST, port: PORT });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void stop(server, signal));
  }
  log("info", { msg: "listening", url: server.url });
} catch (error) {
  log("error", { msg: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
