/** Sends an admitted call on, with the credential it may use. */
import { AppError, toAppError } from "@yolo/core/errors";
import type { Exchange } from "../exchange.ts";
import type { Surface } from "../surfaces/surface.ts";
import { type CredentialsOptions, upstreamFor } from "../upstream/credentials.ts";
import type { Admitted } from "./admit.ts";
import type { Forwarded } from "./record.ts";

/** Never throws: whatever happened is in the result, for the record and for the client. */
export async function route(
  admitted: Admitted,
  exchange: Exchange,
  surface: Surface,
  options: CredentialsOptions,
): Promise<Forwarded> {
  try {
    return await surface.forward(admitted, exchange, upstreamFor(admitted, options));
  } catch (thrown) {
    const error = toAppError(thrown);
    return {
      relayed: {
        // A failure of our own in the middle says nothing about what the upstream saw.
        outcome: error.code === "internal_error" ? "aborted" : "not_sent",
        status: null,
        error,
        firstByteMs: null,
        responseBytes: 0,
        headers: {},
      },
      usage: null,
      upstreamRequestId: null,
      captured: null,
    };
  }
}

/** What the client is told when a call ended before the upstream said anything. */
export function unanswered(forwarded: Forwarded, exchange: Exchange): AppError {
  if (forwarded.relayed.error !== null) return forwarded.relayed.error;
  if (exchange.cutReason === "no_longer_allowed") {
    return new AppError("denied", {
      message:
        "The key, agent or policy behind this call was changed or has expired while it was under way, and it is no longer allowed.",
    });
  }
  return new AppError("shutting_down", {
    message: "This gateway is restarting. Try again in a moment.",
    retryAfterSeconds: 1,
  });
}
