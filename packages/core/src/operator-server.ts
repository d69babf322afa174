/** Health and metrics, for those who run a process: on a port of its own, where none of its clients come. */
import { createServer, type Server } from "node:http";

export interface OperatorOptions {
  /** What this process needs, each with whether it is there. */
  checks(): { readonly [name: string]: boolean };
  metrics(): Promise<{ readonly type: string; readonly text: string }>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * `/healthz` 200 while the process runs; `/readyz` 200 when every check holds, else 503 with the checks as JSON;
 * `/metrics` in Prometheus' text format.
 */
export function createOperatorServer(options: OperatorOptions): Server {
  return createServer((request, response) => {
    answer(request.method, request.url, options).then(
      ({ status, type, text }) => response.writeHead(status, { "content-type": type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}

async function answer(
  method: string | undefined,
  path: string | undefined,
  options: OperatorOptions,
): Promise<Answer> {
  if (method !== "GET" && method !== "HEAD") return plain(405, "method not allowed\n");
  switch (path) {
    case "/healthz":
      return plain(200, "ok\n");
    case "/readyz": {
      const checks = options.checks();
      const ready = Object.values(checks).every((holds) => holds);
      const text = `${JSON.stringify({ ready, ...checks })}\n`;
      return { status: ready ? 200 : 503, type: "application/json", text };
    }
    case "/metrics":
      return { status: 200, ...(await options.metrics()) };
    default:
      return plain(404, "not found\n");
  }
}

function plain(status: number, text: string): Answer {
  return { status, type: "text/plain", text };
}
