/** What an upstream's answer, or its silence, says about a connector. */
import { z } from "zod";
import type { Problem } from "./connector-test.ts";
import type { Probed } from "./probe.ts";

export interface Judgement {
  /** Null: it works. */
  readonly problem: Problem | null;
  readonly message: string;
}

interface Question {
  readonly tried: "credential" | "reachability";
  /** As people know it: the host of the address. */
  readonly host: string;
}

/** `tried: "reachability"`: any answer that is not a failure of theirs shows that the address is right. */
export function judgeProbe(probed: Probed, question: Question): Judgement {
  if (probed.kind === "failed") return judgeFailure(probed.code, question.host);
  return question.tried === "credential"
    ? judgeCredential(probed, question.host)
    : judgeReachability(probed.status, question.host);
}

type Answered = Extract<Probed, { kind: "answered" }>;

const modelList = z.looseObject({ data: z.array(z.unknown()) });

function judgeCredential({ status, body }: Answered, host: string): Judgement {
  if (status === 401) {
    return wrong("wrong_credential", `${host} does not accept this key. Copy it again, whole.`);
  }
  if (status === 403) {
    return wrong("forbidden", `${host} knows the key but does not let it list models.`);
  }
  const general = judgeStatus(status, host);
  if (general !== null) return general;
  return modelList.safeParse(parseJson(body)).success
    ? { problem: null, message: `${host} accepts the key.` }
    : wrong("wrong_address", `${host} answers, but not as the provider's API does.`);
}

function judgeReachability(status: number, host: string): Judgement {
  const isAsked = status === 401 || status === 403;
  const problem = isAsked ? null : judgeStatus(status, host);
  return (
    problem ?? {
      problem: null,
      message: `${host} answers. There is no credential here to try: each developer sends their own.`,
    }
  );
}

/** Null: the status alone says nothing bad. */
function judgeStatus(status: number, host: string): Judgement | null {
  if (status === 429) {
    return wrong("rate_limited", `${host} answers that it is asked too often. Try again soon.`);
  }
  if (status >= 500) {
    return wrong("upstream_error", `${host} fails itself: it answers ${status}. Try again soon.`);
  }
  if (status >= 300) {
    return wrong(
      "wrong_address",
      `${host} answers ${status} where the provider's API should be. Look at the address.`,
    );
  }
  return null;
}

const UNREACHABLE = new Set(
  ["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "ERR_UNKNOWN"].concat(
    "HPE_INVALID_CONSTANT",
  ),
);

function judgeFailure(code: string, host: string): Judgement {
  switch (code) {
    case "ERR_ADDRESS_REFUSED":
      return wrong(
        "refused_address",
        `${host} leads to an address that is not of the public internet. Nothing was sent.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return wrong("unknown_name", `The name ${host} cannot be found (${code}).`);
    case "ETIMEDOUT":
    case "ERR_DEADLINE":
      return wrong("timeout", `${host} did not answer within ten seconds.`);
    default:
      return UNREACHABLE.has(code)
        ? wrong("unreachable", `${host} cannot be reached (${code}).`)
        : judgeTls(code, host);
  }
}

/** Node names failures of TLS by OpenSSL's words: `CERT_HAS_EXPIRED`, `ERR_TLS_…`, `EPROTO`. */
function judgeTls(code: string, host: string): Judgement {
  return /CERT|TLS|SSL|EPROTO|SIGNATURE/.test(code)
    ? wrong("tls", `${host} has no certificate that can be trusted (${code}). Nothing was sent.`)
    : wrong("unreachable", `${host} cannot be reached (${code}).`);
}

function wrong(problem: Problem, message: string): Judgement {
  return { problem, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
