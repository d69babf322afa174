/** The state of every part, asked at the same moment. */
import type { Deps } from "../../deps.ts";
import { type Answer, checkDatabase, checkReady, checkRedis } from "./checks.ts";
import type { PartId, PartStatus } from "./parts.ts";

/** Everybody who asks within a second gets the same answer: no crowd of readers becomes a crowd of questions. */
const SHARED_MS = 1_000;

let latest:
  | { readonly askedAtMs: number; readonly parts: Promise<readonly PartStatus[]> }
  | undefined;

/** Parts that this dashboard was not told about are left out; addresses are given in local mode only. */
export function readStatus(deps: Deps): Promise<readonly PartStatus[]> {
  const nowMs = deps.clock.monotonicMs();
  if (latest === undefined || nowMs - latest.askedAtMs >= SHARED_MS) {
    latest = { askedAtMs: nowMs, parts: askAll(deps) };
  }
  return latest.parts;
}

function askAll(deps: Deps): Promise<readonly PartStatus[]> {
  const { env } = deps;
  const { DATABASE_URL, REDIS_URL, GATEWAY_OPERATOR_URL, WORKER_URL, TEST_MODEL_URL } = env;
  const gateway = GATEWAY_OPERATOR_URL === undefined ? undefined : env.GATEWAY_URL;
  const asked: readonly (readonly [PartId, string | undefined, () => Promise<Answer>])[] = [
    ["gateway", gateway, () => checkReady(deps, GATEWAY_OPERATOR_URL ?? "")],
    ["database", placeOf(DATABASE_URL), () => checkDatabase(deps)],
    ["worker", WORKER_URL, () => checkReady(deps, WORKER_URL ?? "")],
    ["redis", placeOf(REDIS_URL), () => checkRedis(deps)],
    ["testModel", TEST_MODEL_URL, () => checkReady(deps, TEST_MODEL_URL ?? "")],
  ];
  const isLocal = env.LOCAL_MODE !== undefined;
  return Promise.all(
    asked.flatMap(([id, address, check]) =>
      address === undefined
        ? []
        : [check().then((answer) => ({ id, ...answer, address: isLocal ? address : null }))],
    ),
  );
}

/** Host and path of a URL: never the user, the password or the parameters. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname === "/" ? "" : pathname}`;
}
