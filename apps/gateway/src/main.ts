/** The gateway process: listens, drains on SIGTERM or SIGINT; a second signal ends it at once. */
import type { Server } from "node:http";
import { createOperatorServer } from "@yolo/core/operator-server";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { createDeps } from "./deps.ts";
import { drain } from "./drain.ts";
import { readEnv } from "./env.ts";
import { anthropic } from "./surfaces/llm/anthropic.ts";

const env = readEnv(process.env);
const logger = pino({ level: env.LOG_LEVEL, base: { app: "gateway" } });
const deps = await createDeps(env, logger);
let going = false;

const server = createApp({
  pipeline: deps.pipeline,
  arrivals: deps.arrivals,
  surfaces: [anthropic],
  isGoing: () => going,
  connectionsMax: env.CONNECTIONS_MAX,
});
listen(server, env.PORT, env.HOST);

// Answers until the process ends, also while it drains.
const operator = createOperatorServer({
  checks: () => ({
    open: server.listening && !going,
    lease: deps.lease.instanceId() !== null,
  }),
  metrics: async () => ({
    type: deps.metrics.registry.contentType,
    text: await deps.metrics.registry.metrics(),
  }),
});
listen(operator, env.OPERATOR_PORT, env.OPERATOR_HOST);

function listen(on: Server, port: number, host: string): void {
  on.on("error", (error) => {
    logger.fatal({ err: error }, "cannot listen");
    process.exit(1);
  });
  on.listen(port, host, () => logger.info({ address: on.address() }, "listening"));
}

function leave(signal: NodeJS.Signals): void {
  if (going) process.exit(1);
  going = true;
  logger.info({ signal }, "draining");
  drain({
    server,
    deps,
    lameDuckSeconds: env.LAME_DUCK_SECONDS,
    drainSeconds: env.DRAIN_SECONDS,
  }).then(
    () => process.exit(0),
    (error) => {
      logger.error({ err: error }, "draining failed");
      process.exit(1);
    },
  );
}

process.on("SIGTERM", leave);
process.on("SIGINT", leave);
