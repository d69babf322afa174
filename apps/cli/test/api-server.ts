/** The routes of the public API that the program calls, over real HTTP and the real verbs, for one member. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import type { Context } from "@yolo/control/context";
import { diffPolicyVersions } from "@yolo/control/policy/diff";
import { explainPolicy } from "@yolo/control/policy/explain";
import { previewAgent } from "@yolo/control/policy/preview";
import type { Verb } from "@yolo/control/verb";
import { toAppError } from "@yolo/core/errors";
import { z } from "zod";

export const TOKEN = "ylt_test";

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
}

export async function startApi(context: Context): Promise<ApiServer> {
  const server = createServer((request, response) => {
    answer(request, context).then(
      (content) => response.end(JSON.stringify(content)),
      (thrown: unknown) => {
        const { code, message, facts, status } = toAppError(thrown);
        response.writeHead(status).end(JSON.stringify({ error: { code, message, facts } }));
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const body = z.looseObject({});

const ROUTES: { readonly [path: string]: Verb } = {
  "/policies/explain": explainPolicy,
  "/policies/preview": previewAgent,
};

async function answer(request: IncomingMessage, context: Context): Promise<unknown> {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) throw new Error("no token");
  const input = body.parse(await json(request));
  const path = (request.url ?? "").replace("/api/v1", "");
  const [, id] = /^\/policies\/(.+)\/diff$/.exec(path) ?? [];
  if (id !== undefined) return asVerb(diffPolicyVersions).run(context, { ...input, id });
  const verb = ROUTES[path];
  if (verb === undefined) throw new Error(`nothing at ${path}`);
  return verb.run(context, input);
}

/** A verb checks what it is given itself. */
function asVerb(verb: Verb): Verb {
  return verb;
}
