/** Who asks for a change, and what a verb works with. Made once per request by the app that speaks to the caller. */
import type { Clock } from "@yolo/core/clock";
import type { JobQueue } from "@yolo/store/jobs";
import type { Database } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";
import type { UnrecordedCalls } from "@yolo/store/unrecorded-calls";
import type { Role } from "./permissions.ts";

/** A member of an org with the role they hold, or the product itself. */
export type Actor =
  | {
      readonly kind: "member";
      readonly orgId: string;
      readonly memberId: string;
      readonly role: Role;
      /** Of the API token they act by; left out: they are signed in, and may do all that their role may. */
      readonly token?: { readonly id: string; readonly scopes: readonly string[] };
    }
  | { readonly kind: "system"; readonly orgId: string };

export interface InvitationMail {
  readonly to: string;
  readonly org: string;
  readonly inviter: string;
  readonly role: string;
  /** What opens it. */
  readonly token: string;
}

export interface Context {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly actor: Actor;
  /** Stands on every change made under it. */
  readonly requestId: string;
  readonly clock: Clock;
  /** Makes a change at most once under this key of the member's own (see idempotency.ts). */
  readonly idempotency?: {
    readonly key: string;
    /** The answer was given before: nothing was done now. */
    onReplay(): void;
  };
  /** Writes to whoever is invited; left out where no mail is written. */
  mailInvitation?(invitation: InvitationMail): void;
  /** Where background jobs are ordered; left out where none can be. */
  readonly jobs?: JobQueue;
  /** Calls that left no record; left out where they cannot be read. */
  readonly unrecordedCalls?: UnrecordedCalls;
  /** Where the gateway is reached from here, and the domain below which tenants live; left out where none is. */
  readonly gateway?: { readonly url: string; readonly domain: string };
  /** The built-in test model's address; given in local mode only, where connectors may lead to it. */
  readonly testModelUrl?: string;
}
