/** May it? The policy of the caller's agent, on the actions the request attempts. */
import type { Decision } from "@yolo/core/decision";
import { encodeId } from "@yolo/core/ids";
import type { Subject } from "@yolo/policy/engine";
import type { Call } from "../surfaces/surface.ts";
import type { AgentPolicy } from "../tenant/policies.ts";
import type { Identified } from "./identify.ts";

export interface Decided {
  readonly identified: Identified;
  readonly call: Call;
  readonly sessionId: string;
  readonly policy: AgentPolicy;
  readonly decision: Decision;
}

/** Throws `policy_unavailable` when the agent's policy cannot be read: then nothing is allowed. */
export function decide(
  identified: Identified,
  call: Call,
  sessionId: string,
  now: number,
): Decided {
  const policy = identified.snapshot.policyFor(identified.key);
  const decision = policy.engine.decideAll(subjectOf(identified, call, sessionId), call.actions, {
    now,
    usage: {},
  });
  return { identified, call, sessionId, policy, decision };
}

function subjectOf({ key }: Identified, call: Call, sessionId: string): Subject {
  return {
    agent: {
      id: encodeId("agent", key.agent.id),
      name: key.agent.name,
      project: key.project.slug,
    },
    // Until an end user proves who they are, nothing is claimed about them.
    user: {
      id: encodeId("member", key.memberId),
      verified: false,
      roles: [],
      groups: [],
      scopes: [],
      claims: {},
    },
    session: { id: encodeId("session", sessionId) },
    tier: call.tier,
  };
}
