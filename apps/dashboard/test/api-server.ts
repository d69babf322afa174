/** The public API over real HTTP: the handler that the dashboard serves, behind a server of its own. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TwoOrgs } from "@yolo/control/test/two-orgs";
import { systemClock } from "@yolo/core/clock";
import { createJobQueue } from "@yolo/store/jobs";
import { connectDatabase } from "@yolo/store/prisma";
import { connectRedis } from "@yolo/store/redis";
import { pino } from "pino";
import { answer } from "../src/api/answer.ts";
import type { Deps } from "../src/deps.ts";
import { readEnv } from "../src/env.ts";
import { createMailer } from "../src/mail/mailer.ts";
import { answerPerson } from "../src/sign-in/answer-person.ts";
import { createAuth } from "../src/sign-in/auth.ts";

export interface ApiServer extends AsyncDisposable {
  /** Up to and including `/api/v1`. */
  readonly url: string;
  /** The same server without a path: people's endpoints stand below `/api/auth`. */
  readonly origin: string;
  /** Everything that was logged. */
  logged(): string;
}

interface Stores {
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Beside or instead of what is set here. */
  readonly variables?: { readonly [name: string]: string };
}

const NOWHERE = "redis://127.0.0.1:1";

/** `databaseUrl` may lead somewhere else than the orgs' own database. */
export async function startApi(
  orgs: TwoOrgs,
  { databaseUrl = orgs.urls.appUrl, redisUrl = NOWHERE, variables = {} }: Stores = {},
): Promise<ApiServer> {
  const lines: string[] = [];
  const env = readEnv({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SECRETS_FILE: "/unused",
    GATEWAY_URL: "http://127.0.0.1:8787",
    DASHBOARD_URL: "http://127.0.0.1:3000",
    SMTP_URL: "smtp://127.0.0.1:1",
    ...variables,
  });
  const redis = connectRedis(env.REDIS_URL);
  redis.on("error", () => undefined);
  const shared = {
    env,
    secrets: orgs.secrets,
    database: connectDatabase(databaseUrl),
    logger: pino({ level: "trace" }, { write: (line) => lines.push(line) }),
  };
  const mailer = createMailer(shared);
  const deps: Deps = {
    ...{ ...shared, redis, mailer },
    jobs: createJobQueue(redis),
    clock: systemClock,
    auth: createAuth({ ...shared, mailer }),
  };
  const server = createServer((request, response) => void serve(request, response, deps));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    origin: `http://127.0.0.1:${port}`,
    logged: () => lines.join(""),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await deps.jobs.close();
      deps.redis.disconnect();
      await deps.database.$disconnect();
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  deps: Deps,
): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  const target = new URL(url, `http://${headers.host}`);
  const request = new Request(target, {
    method,
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(hasBody && { body: streamOf(incoming), duplex: "half" }),
  });
  const [, , api, ...segments] = target.pathname.split("/").map(decodeURIComponent);
  const response =
    api === "auth"
      ? await answerPerson(request, segments, deps)
      : await answer(request, segments, deps);
  const cookies = response.headers.getSetCookie();
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(cookies.length > 0 && { "set-cookie": cookies }),
  });
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** The body as it arrives: nothing is read before it is asked for. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
