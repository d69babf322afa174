/**
 * A surface is one protocol through which agents act. Everything protocol-specific stands behind this interface;
 * the pipeline sees only actions. Each surface passes `conformance.ts`.
 */
import type { Actions, SurfaceName } from "@yolo/core/action";
import type { AppError } from "@yolo/core/errors";
import type { Exchange, RequestHead } from "../exchange.ts";
import type { Admitted } from "../pipeline/admit.ts";
import type { Inspected } from "../pipeline/inspect.ts";
import type { Forwarded } from "../pipeline/record.ts";
import type { Upstream } from "../upstream/upstream.ts";

/** Who is calling, by what they carry. */
export interface Credential {
  /** The agent key as sent. */
  readonly token: string;
  /** The developer's own credential for the provider (mode client credential): `[name, value]` of the header. */
  readonly own: readonly [name: string, value: string] | null;
}

/** What one request attempts. */
export interface Call {
  readonly actions: Actions;
  /** The provider whose connector serves it. */
  readonly provider: "anthropic";
  /** The client's own id of its run; null where it gives none. At most 200 characters. */
  readonly clientSession: string | null;
  /** What goes on from turn to turn where the client gives no id of its run; null where nothing does. */
  readonly conversation: Conversation | null;
  readonly subagent: string | null;
  readonly parentSubagent: string | null;
  readonly clientRef: string | null;
  readonly tier: "interactive" | "subagent" | "background" | "api";
}

export interface Conversation {
  /** The same for every turn: a hash of how it began. */
  readonly beginning: string;
  /** Its first turn: the same words may begin another run, which this then is. */
  readonly isStart: boolean;
}

/** A no, before it is put in the protocol's words. */
export interface Refusal {
  readonly error: AppError;
  readonly requestId: string;
}

export interface Surface {
  readonly name: SurfaceName;
  /** Whether requests of this head belong here. Looks at method and path only. */
  serves(head: RequestHead): boolean;
  /** An answer that needs neither key nor record (a client's warm-up); false when the request is not of that kind. */
  greet(exchange: Exchange): boolean;
  /** Who is calling. Reads no body. Throws `missing_key` or `conflicting_credentials`. */
  credential(head: RequestHead): Credential;
  /** Which actions are attempted? Throws `malformed_request`, `method_not_allowed` or `not_found`; never guesses. */
  parse(head: RequestHead, body: Inspected): Call;
  /**
   * What the record's payload keeps of the request: the new turns only, secrets already replaced.
   * `last` is what this returned as `mark` for the session's previous recorded call, if this process saw it.
   */
  capture(body: Inspected, last: CaptureMark | null): Captured;
  /** Sends the admitted call on and relays the reply. Never throws after the head has been sent. */
  forward(admitted: Admitted, exchange: Exchange, upstream: Upstream): Promise<Forwarded>;
  /** Says no in the protocol's own words. Called only before the head has been sent. */
  refuse(refusal: Refusal, exchange: Exchange): void;
}

/** How far a session's conversation is on record: opaque to the pipeline. */
export interface CaptureMark {
  readonly turns: number;
  readonly prefixHash: string;
  /** Of everything in the request but its turns. */
  readonly restHash: string;
}

export interface Captured {
  /** The bytes for the payload, in pieces that belong one behind the other; none when there is nothing to keep. */
  readonly pieces: readonly Uint8Array[];
  readonly mark: CaptureMark | null;
}
