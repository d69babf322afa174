/** Must a person say yes first? And where the answer is no: words an agent and its person can act on. */
import type { Decision } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { type Admission, type Admitted, refusalCode } from "./admit.ts";

/**
 * The admitted call, or a refusal: `denied`, or `approval_needed` with the record's id. No approval can be given in
 * this version, so a call that needs one waits for nobody.
 */
export function approve(
  admission: Exclude<Admission, { kind: "stale" }>,
  requestId: string,
): Admitted {
  if (admission.kind === "admitted") return admission.admitted;
  throw refusalOf(admission.decision, requestId);
}

function refusalOf(decision: Decision, requestId: string): AppError {
  const facts = { rules: decision.rules, requestId };
  if (decision.effect === "approve") {
    return new AppError(refusalCode(decision), {
      message: `Approval needed. ${decision.explanation} Record ${requestId}. Nothing was done; retrying will not help until a person allows it.`,
      facts,
    });
  }
  // An explanation by default deny says what is missing, not yet what follows.
  const verdict = decision.rules.length === 0 ? "Denied by policy. " : "";
  return new AppError(refusalCode(decision), {
    message: `${verdict}${decision.explanation} Record ${requestId}. Nothing was done; do not retry, choose another way or ask your user.`,
    facts,
  });
}
