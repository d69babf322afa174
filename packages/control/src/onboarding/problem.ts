/** What is wrong with a call, and what to do about it: for the person who is connecting an agent right now. */
import { z } from "zod";

export const Problem = z.strictObject({
  /** What happened, in one sentence. */
  what: z.string(),
  /** What mends it; null where nothing need be done. */
  fix: z.string().nullable(),
});
export type Problem = z.output<typeof Problem>;

/** The parts of a record that tell. */
export interface ToldRecord {
  readonly decision: string;
  readonly explanation: string;
  readonly outcome: {
    readonly outcome: string;
    readonly status: number | null;
    readonly error: string | null;
  } | null;
}

/** Null: nothing is wrong, or nothing is known yet. */
export function problemOf({ decision, explanation, outcome }: ToldRecord): Problem | null {
  if (decision === "deny") {
    return {
      what: explanation,
      fix: "Ask for something that the policy allows, or publish a next version that allows this.",
    };
  }
  if (decision === "approve") {
    return { what: explanation, fix: "A person decides on this one before it may go on." };
  }
  if (outcome === null || outcome.outcome === "done") return null;
  if (outcome.error !== null) return byError(outcome.error);
  return outcome.outcome === "upstream_error"
    ? byStatus(outcome.status)
    : byOutcome(outcome.outcome);
}

const BY_ERROR: { readonly [code: string]: Problem } = {
  no_connector: {
    what: "The call was allowed, but there is no connector that it could take.",
    fix: "Add a connector to Anthropic, or use a ylg_test_ key, which reaches the built-in test model.",
  },
  missing_key: {
    what: "The connector passes each developer's own credential on, and none came with this call.",
    fix: "Sign in to Claude Code with your subscription, and send the agent key as x-yolo-key.",
  },
  upstream_unreachable: {
    what: "The upstream could not be reached.",
    fix: "Test the connector: it says why.",
  },
  upstream_refused_address: {
    what: "The connector leads to an address that calls may not go to.",
    fix: "Add a connector to a public https address.",
  },
  upstream_timeout: { what: "The upstream did not answer in time.", fix: "Try again." },
  shutting_down: { what: "The gateway was restarting.", fix: "Try again." },
};

function byError(code: string): Problem {
  const told = BY_ERROR[code];
  return told ?? { what: `The call failed (${code}).`, fix: "Open the record for the details." };
}

function byStatus(status: number | null): Problem {
  if (status === 401 || status === 403) {
    return {
      what: `The upstream answered ${status}: it does not accept the credential.`,
      fix: "Test the connector, and rotate its credential. With your own subscription: sign in again.",
    };
  }
  if (status === 404) {
    return {
      what: "The upstream answered 404: it does not know the model, or the connector's address is wrong.",
      fix: "Ask for a model that your account has.",
    };
  }
  if (status === 429) {
    return {
      what: "The upstream answered 429: your account's limit is reached.",
      fix: "Wait a moment, then try again.",
    };
  }
  if (status === 400) {
    return {
      what: "The upstream answered 400: it does not understand the request.",
      fix: "Open the record: the upstream's own words stand there.",
    };
  }
  const answered = status === null ? "The upstream failed." : `The upstream answered ${status}.`;
  return { what: answered, fix: "Try again; the fault is theirs." };
}

function byOutcome(outcome: string): Problem {
  switch (outcome) {
    case "aborted":
      return { what: "The client went away before the reply had ended.", fix: null };
    case "not_sent":
      return { what: "The call was allowed, but never sent.", fix: "Try again." };
    default:
      return { what: "How the call ended is not known.", fix: "Try again." };
  }
}
