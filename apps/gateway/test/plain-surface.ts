/** The smallest surface there can be: every POST invokes a model and is relayed as it is, a refusal is its code. */
import type { Action } from "@yolo/core/action";
import { AppError } from "@yolo/core/errors";
import type { Exchange } from "../src/exchange.ts";
import type { Forwarded } from "../src/pipeline/record.ts";
import type { Call, Surface } from "../src/surfaces/surface.ts";
import { forwardedHeaders } from "../src/upstream/headers.ts";
import { relay } from "../src/upstream/relay.ts";

export interface PlainSurfaceOptions {
  /** Called with each admitted call before it is sent on. */
  beforeForward?(exchange: Exchange): Promise<void>;
}

const CUT_TEXT = {
  no_longer_allowed: "no longer allowed",
  shutting_down: "shutting down",
  lease_ended: "lease ended",
};

/** What a cut reply of this surface ends with. */
export const ENDING = "\n[cut] ";

export function createPlainSurface({ beforeForward }: PlainSurfaceOptions = {}): Surface {
  return {
    name: "llm",
    serves: () => true,
    greet({ head, response }) {
      if (head.path !== "/hello") return false;
      response.writeHead(200).end("hello");
      return true;
    },
    credential({ headers }) {
      const token = headers["x-api-key"];
      if (typeof token !== "string") throw new AppError("missing_key", { message: "No key." });
      return { token, own: null };
    },
    parse({ headers }): Call {
      const model = headers["x-model"] ?? "claude-sonnet-4-5";
      const action: Action = {
        ...{ verb: "llm:invoke", resource: `anthropic/${String(model)}` },
        ...{ args: {}, facts: {} },
      };
      return {
        ...{
          actions: [action],
          provider: "anthropic",
          clientSession: null,
          conversation: null,
          subagent: null,
        },
        ...{ parentSubagent: null, clientRef: null, tier: "api" },
      };
    },
    capture: () => ({ pieces: [], mark: null }),
    async forward(admitted, exchange, upstream): Promise<Forwarded> {
      await beforeForward?.(exchange);
      const { head } = exchange;
      const relayed = await relay(
        {
          ...{ method: "POST", target: head.path + head.query, cutText: CUT_TEXT },
          headers: forwardedHeaders(head.rawHeaders, head.headers.connection),
          body: admitted.inspected.bytes,
          tap: () => ({
            chunk: () => undefined,
            ending: (why) => Buffer.from(ENDING + why),
            bytesToEventEnd: () => 0,
          }),
        },
        exchange,
        upstream,
      );
      return { relayed, usage: null, upstreamRequestId: null, captured: null };
    },
    refuse({ error, requestId }, { response }) {
      const headers = { "content-type": "application/json", "x-yolo-request-id": requestId };
      response.writeHead(error.status, headers).end(JSON.stringify({ code: error.code }));
    },
  };
}
