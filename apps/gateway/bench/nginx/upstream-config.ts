/** The upstream's answers by nginx, out of the configuration itself: no file, no script. */
import { ASKS_FOR, burstBody, messageBody } from "../bodies/replies.ts";

/** nginx takes no longer word than four kilobytes in a configuration. */
const PIECE = 3_000;

export function upstreamConfig(options: {
  readonly port: number;
  /** A second door, behind which nobody waits for a body. */
  readonly innerPort: number;
  /** Where streams with a pace come from. */
  readonly pacedUrl: string;
}): string {
  const { port, innerPort, pacedUrl } = options;
  return `
  upstream inner { server 127.0.0.1:${innerPort}; keepalive 256; keepalive_requests 100000000; }
  upstream paced { server ${new URL(pacedUrl).host}; keepalive 256; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /readyz { return 200; }
    location / {
      if ($args = "${queryOf(ASKS_FOR.paced)}") { rewrite ^ /paced last; }
      if ($args = "${queryOf(ASKS_FOR.messageAfterBody)}") { rewrite ^ /after-body last; }
      if ($args = "${queryOf(ASKS_FOR.burst)}") { rewrite ^ /burst last; }
${fixedReply("application/json", messageBody)}
    }
    location = /paced {
      internal;
      proxy_pass http://paced;
    }
    location = /burst {
      internal;
${fixedReply("text/event-stream; charset=utf-8", burstBody)}
    }
    # "return" answers before the request's body has come; a proxy reads it whole first.
    location = /after-body {
      internal;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header Connection "";
      proxy_pass http://inner;
    }
  }
  server {
    listen 127.0.0.1:${innerPort} backlog=4096;
    location / {
${fixedReply("application/json", messageBody)}
    }
  }`;
}

function fixedReply(type: string, body: string): string {
  const pieces = Array.from({ length: Math.ceil(body.length / PIECE) }, (_, at) =>
    body.slice(at * PIECE, (at + 1) * PIECE),
  );
  return [
    `default_type "${type}";`,
    `add_header request-id req_bench;`,
    ...pieces.map((piece, at) => `set $piece${at} ${quoted(piece)};`),
    `return 200 "${pieces.map((_, at) => `\${piece${at}}`).join("")}";`,
  ].join("\n");
}

/** Throws for what nginx would read as its own. */
function quoted(text: string): string {
  if (/['\\$]/.test(text))
    throw new Error("the upstream's answer holds a character that nginx would read");
  return `'${text}'`;
}

function queryOf(asks: string): string {
  return asks.replace("?", "");
}
