/**
 * Notes calls that were refused before they could become a record, for the people who are connecting an agent. Never
 * in a call's way: the note is written after the refusal was handed over, by nobody's waiting, a few a second at most,
 * and whatever goes wrong here is dropped. So a flood of bad calls costs a look at a counter each.
 */
import { setImmediate } from "node:timers";
import type { AppError } from "@yolo/core/errors";
import type { KeyRing } from "@yolo/store/secrets-file";
import type { Sql } from "@yolo/store/sql";
import type { UnrecordedCall, UnrecordedCalls } from "@yolo/store/unrecorded-calls";
import type { Exchange } from "../exchange.ts";
import { slugOf } from "../pipeline/identify.ts";
import { createAllowance } from "./allowance.ts";
import { type FoundKey, findKey, findOrg } from "./find-key.ts";
import {
  bearable,
  type Carried,
  describeKey,
  type Reason,
  readCarried,
  whyUnrecorded,
} from "./why.ts";

export interface CallNotesOptions {
  readonly sql: Sql;
  readonly peppers: KeyRing;
  readonly gatewayDomain: string;
  readonly calls: UnrecordedCalls;
  now(): number;
  /** Notes are lost; the calls are not. */
  onError(error: unknown): void;
}

export interface CallNotes {
  /** Returns at once. Errors after which there is a record are none of its business. */
  refused(error: AppError, exchange: Exchange): void;
}

/** Of one host, and of all: enough for people who try things out, nothing for a flood. */
const RATES = { each: { perSecond: 2, burst: 20 }, all: { perSecond: 10, burst: 50 } };
/** While Postgres or Redis is slow, no more than these wait for it. */
const UNDER_WAY_MAX = 8;

export function createCallNotes(options: CallNotesOptions): CallNotes {
  const allowance = createAllowance(RATES, () => performance.now());
  let underWay = 0;

  async function note(refusal: Refused): Promise<void> {
    underWay += 1;
    try {
      await noteFor(refusal, options);
    } catch (error) {
      options.onError(error);
    } finally {
      underWay -= 1;
    }
  }

  return {
    refused(error, { head, requestId }) {
      const carried = readCarried(head);
      const reason = whyUnrecorded(error.code, carried);
      if (reason === null || underWay >= UNDER_WAY_MAX) return;
      const slug = slugOf(head.headers.host ?? "", options.gatewayDomain);
      if (!allowance.take(slug ?? "")) return;
      const call = {
        ...{ requestId, at: options.now(), code: error.code, status: error.status },
        ...{ method: bearable(head.method), path: bearable(head.path) },
        host: bearable(head.headers.host ?? ""),
        userAgent:
          head.headers["user-agent"] === undefined ? null : bearable(head.headers["user-agent"]),
      };
      setImmediate(() => void note({ call, carried, reason, slug }));
    },
  };
}

interface Refused {
  readonly call: Omit<UnrecordedCall, "v" | "key" | "reason">;
  readonly carried: Carried;
  readonly reason: Reason;
  readonly slug: string | null;
}

/** The org that the host names is told, and so is the key's own: it may be the same one. */
async function noteFor(refused: Refused, options: CallNotesOptions): Promise<void> {
  const { call, carried, reason, slug } = refused;
  const { sql, peppers, calls } = options;
  const { token } = carried;
  const isWhole = token !== null && reason !== "mistyped_key";
  const hostOrg = slug === null ? null : await findOrg(sql, slug);
  const key = isWhole ? await findKey(sql, peppers, token) : null;
  if (hostOrg !== null) {
    const own = key?.orgId === hostOrg ? key : null;
    await calls.note(hostOrg, {
      ...call,
      reason: own === null && key !== null ? "other_org" : reasonOf(reason, own),
      key: token === null ? null : describeKey(token, own?.id ?? null),
    });
  }
  if (token === null || key === null || key.orgId === hostOrg) return;
  await calls.note(key.orgId, {
    ...call,
    reason: slug === null ? reasonOf(reason, key) : "other_host",
    key: describeKey(token, key.id),
  });
}

function reasonOf(reason: Reason, key: FoundKey | null): Reason {
  return reason === "unknown_key" ? (key?.dead ?? reason) : reason;
}
