/** A call that left no record, as told to the people of its org: why, and what mends it. */
import { encodeId } from "@yolo/core/ids";
import type { UnrecordedCall as Noted, UNRECORDED_REASONS } from "@yolo/store/unrecorded-calls";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { Problem } from "./problem.ts";

type Reason = (typeof UNRECORDED_REASONS)[number];

export const UnrecordedCall = z.strictObject({
  requestId: shownId("record"),
  at: shownMoment(),
  reason: z.string(),
  problem: Problem,
  /** As the client was told. */
  code: z.string(),
  status: z.int(),
  method: z.string(),
  path: z.string(),
  host: z.string(),
  userAgent: z.string().nullable(),
  key: z
    .strictObject({
      prefix: z.string(),
      lastFour: z.string().nullable(),
      isWellFormed: z.boolean(),
      /** Where it is one of this org's. */
      id: shownId("agentKey").nullable(),
    })
    .nullable(),
});

const PROBLEMS: { readonly [reason in Reason]: Problem } = {
  no_key: {
    what: "No key came with this call.",
    fix: "Send the agent key as ANTHROPIC_AUTH_TOKEN, or in the header x-api-key or x-yolo-key.",
  },
  not_an_agent_key: {
    what: "A credential came, but it is not an agent key: those begin with ylg_.",
    fix: "Put the agent key in its place, or beside it as x-yolo-key when you use your own subscription.",
  },
  member_token: {
    what: "A member's API token came in place of an agent key.",
    fix: "Tokens that begin with ylt_ are for the API. Use an agent key, which begins with ylg_.",
  },
  conflicting_keys: {
    what: "Two different agent keys came with one call.",
    fix: "Send one, in one header. Look for a forgotten ANTHROPIC_API_KEY or ANTHROPIC_CUSTOM_HEADERS.",
  },
  mistyped_key: {
    what: "The key is mistyped: its last six characters do not fit the ones before.",
    fix: "Copy it again, whole, without spaces or a line break.",
  },
  unknown_key: {
    what: "The key is well-formed, but nobody's here.",
    fix: "It may be from another installation. Make a key on this page.",
  },
  revoked_key: { what: "The key has been revoked.", fix: "Make a new key for the agent." },
  expired_key: { what: "The key has expired.", fix: "Make a new key for the agent." },
  archived_agent: {
    what: "The key's agent or project is archived.",
    fix: "Restore it, or use a key of another agent.",
  },
  removed_member: {
    what: "The member who answers for the key has left the org.",
    fix: "Make a new key for which somebody else answers.",
  },
  other_org: {
    what: "The key belongs to another org.",
    fix: "Use a key of this org, or the address of the key's own org.",
  },
  other_host: {
    what: "A key of this org came to another org's address.",
    fix: "Set ANTHROPIC_BASE_URL to this org's address.",
  },
  unsupported_path: {
    what: "There is nothing at this path.",
    fix: "ANTHROPIC_BASE_URL ends after the host: no /v1 behind it.",
  },
  unsupported_method: {
    what: "This path does not take this method.",
    fix: "Messages are sent by POST to /v1/messages.",
  },
  unreadable: {
    what: "The request could not be read.",
    fix: "Look at the message that the client was given. ANTHROPIC_BASE_URL must not end in a slash.",
  },
  no_policy: {
    what: "A policy of this agent cannot be read, so nothing is allowed.",
    fix: "Publish the policy again.",
  },
};

export function showUnrecorded({ v: _, ...noted }: Noted): z.output<typeof UnrecordedCall> {
  const { key } = noted;
  return {
    ...noted,
    at: showMoment(new Date(noted.at)),
    problem: PROBLEMS[noted.reason],
    key:
      key === null ? null : { ...key, id: key.id === null ? null : encodeId("agentKey", key.id) },
  };
}
