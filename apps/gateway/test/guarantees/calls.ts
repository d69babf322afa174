/** Calls as agents make them, and what became of them as the client saw it. */
import type { Agent } from "node:http";
import { open } from "@yolo/testkit/http-client";

export interface CallOptions {
  readonly key: string;
  readonly model?: string;
  readonly stream?: boolean;
  /** Passed on to the upstream, so that it can tell calls apart. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly agent?: Agent;
  /** Hang up after this many chunks of the reply. */
  readonly hangUpAfterChunks?: number;
}

export interface CallResult {
  /** 0 when the connection was lost before a head came. */
  readonly status: number;
  readonly requestId: string | null;
  /** The reply arrived whole. */
  readonly complete: boolean;
  readonly text: string;
}

/** One message to a gateway. Never throws. */
export async function call(gatewayUrl: string, options: CallOptions): Promise<CallResult> {
  let status = 0;
  let requestId: string | null = null;
  let text = "";
  try {
    const reply = await open(`${gatewayUrl}/v1/messages`, {
      headers: [
        ["x-api-key", options.key],
        ["anthropic-version", "2023-06-01"],
        ...(options.headers ?? []),
      ],
      body: {
        model: options.model ?? "claude-sonnet-4-5",
        max_tokens: 64,
        stream: options.stream ?? false,
        messages: [{ role: "user", content: "hello" }],
      },
      ...(options.agent !== undefined && { agent: options.agent }),
    });
    status = reply.status;
    requestId = reply.header("x-yolo-request-id") ?? null;
    let chunks = 0;
    for await (const chunk of reply.chunks) {
      text += chunk.toString();
      chunks += 1;
      if (chunks === options.hangUpAfterChunks) {
        reply.abort();
        return { status, requestId, complete: false, text };
      }
    }
    return { status, requestId, complete: true, text };
  } catch {
    return { status, requestId, complete: false, text };
  }
}
