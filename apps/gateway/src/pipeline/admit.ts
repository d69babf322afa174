/**
 * Is it on record? Writes intent and decision in one transaction; only when that has committed, and the decision
 * allows, is an `Admitted` minted, which is the only thing that opens a credential or reaches an upstream.
 */
import { hashActions } from "@yolo/core/action";
import type { Decision } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { Admit } from "@yolo/ledger/admission";
import type { Intent } from "@yolo/ledger/intent";
import { seal } from "@yolo/store/vault";
import type { Exchange } from "../exchange.ts";
import type { Call, Captured, CaptureMark, Surface } from "../surfaces/surface.ts";
import type { Decided } from "./decide.ts";
import type { Inspected } from "./inspect.ts";
import type { Sessions } from "./session.ts";

const minted: unique symbol = Symbol("admitted");

/** A call whose intent is committed and whose decision allows it. Nothing but `admit` makes one. */
export interface Admitted extends Decided {
  readonly inspected: Inspected;
  readonly [minted]: true;
}

/** What became of it. `stale`: the decision is older than the org; decide again with a newer snapshot. */
export type Admission =
  | { readonly kind: "admitted"; readonly admitted: Admitted }
  | { readonly kind: "refused"; readonly decision: Decision }
  | { readonly kind: "stale" };

export interface AdmitDeps {
  readonly admit: Admit;
  readonly sessions: Sessions;
  /** This process's instance; null while it may not admit. */
  instanceId(): string | null;
}

/** Throws `record_unavailable` when the record cannot be written in time: then the action does not happen. */
export async function admit(
  decided: Decided,
  inspected: Inspected,
  surface: Surface,
  exchange: Exchange,
  deps: AdmitDeps,
): Promise<Admission> {
  const instance = deps.instanceId();
  if (instance === null) throw leaseEnded();
  const seen = deps.sessions.seen(decided.sessionId);
  const captured = capture(decided, inspected, surface, seen?.mark ?? null);
  const intent: Intent = {
    ...describe(decided, inspected, exchange),
    surface: surface.name,
    instance,
    newSession: seen === null,
    payload:
      captured === null ? null : sealed(payloadOf(decided.call, captured), decided, exchange),
  };
  const verdict = await deps.admit(intent);
  if (verdict === "stale") return { kind: "stale" };
  if (verdict === "lease_ended") throw leaseEnded();
  deps.sessions.remember(decided.sessionId, captured?.mark ?? null);
  if (decided.decision.effect !== "allow") return { kind: "refused", decision: decided.decision };
  return { kind: "admitted", admitted: { ...decided, inspected, [minted]: true } };
}

/** Null: the project keeps nothing but what stands in clear. */
function capture(
  decided: Decided,
  inspected: Inspected,
  surface: Surface,
  last: CaptureMark | null,
): Captured | null {
  const level = decided.identified.key.project.captureLevel;
  return level === "metadata" ? null : surface.capture(inspected, last);
}

/** `{ "v": 1, "args": [those of each action], "body": what the surface keeps, or null }` */
function payloadOf(call: Call, { pieces }: Captured): Uint8Array[] {
  const head = `{"v":1,"args":${JSON.stringify(call.actions.map(({ args }) => args))},"body":`;
  return [Buffer.from(head), ...(pieces.length === 0 ? [NULL] : pieces), CLOSE];
}

const [NULL, CLOSE] = [Buffer.from("null"), Buffer.from("}")];

function sealed(payload: Uint8Array[], { identified }: Decided, exchange: Exchange): Buffer {
  const place = { use: "request", row: exchange.recordId } as const;
  return seal(identified.snapshot.dataKeys[0], place, ...payload);
}

function describe(decided: Decided, inspected: Inspected, exchange: Exchange) {
  const { identified, call, decision, policy } = decided;
  const { snapshot, key } = identified;
  const [first] = call.actions;
  const refused = decision.effect !== "allow";
  return {
    id: exchange.recordId,
    org: snapshot.orgId,
    revision: snapshot.revision.toString(),
    project: key.project.id,
    agent: key.agent.id,
    key: key.id,
    user: encodeId("member", key.memberId),
    session: decided.sessionId,
    clientSession: call.clientSession,
    subagent: call.subagent,
    parentSubagent: call.parentSubagent,
    clientRef: call.clientRef,
    verb: first.verb,
    resource: first.resource,
    tier: call.tier,
    actions: call.actions.map(({ verb, resource, facts }) => ({ verb, resource, facts })),
    actionHash: hashActions(call.actions).toString("hex"),
    decision: decision.effect,
    would: decision.would,
    rules: decision.rules,
    wouldRules: decision.wouldRules,
    explanation: decision.explanation,
    policies: policy.versions,
    labels: decision.labels,
    findings: inspected.findings,
    requestBytes: inspected.receivedBytes,
    status: refused ? 403 : null,
    error: refused ? refusalCode(decision) : null,
    latencyMs: refused ? Math.round(performance.now() - exchange.startedAtMs) : null,
  };
}

/** The error code under which a decision that does not allow is told. */
export function refusalCode(decision: Decision): "denied" | "approval_needed" {
  return decision.effect === "approve" ? "approval_needed" : "denied";
}

function leaseEnded(): AppError {
  return new AppError("record_unavailable", {
    message:
      "This gateway cannot reach its database, so nothing can be recorded and nothing is allowed. Try again in a moment.",
    detail: "the instance's lease has ended",
    retryAfterSeconds: 2,
  });
}
