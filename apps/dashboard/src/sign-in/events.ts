/** The trail of what happened to a person's account, which that person reads at /account/security. */
import { newId } from "@yolo/core/ids";
import type { PersonCall } from "./endpoint.ts";
import type { SignInEventName } from "./event-names.ts";

const AGENT_LENGTH_MAX = 300;

/** Adds one event. Throws when it cannot be written: what happens to an account is on record. */
export async function noteEvent(
  { deps, headers }: PersonCall<unknown>,
  personId: string,
  event: SignInEventName,
): Promise<void> {
  await deps.database.signInEvent.create({
    data: {
      id: newId(),
      personId,
      event,
      ipAddress: headers.get("yolo-client-address"),
      userAgent: headers.get("user-agent")?.slice(0, AGENT_LENGTH_MAX) ?? null,
    },
  });
}

/** A wrong code, of whoever has given the password in this browser. */
export async function noteSecondFactorFailure(call: PersonCall<unknown>): Promise<void> {
  const { auth } = call.deps;
  const context = await auth.$context;
  const { name } = context.createAuthCookie("two_factor");
  const cookies = new Map(
    (call.headers.get("cookie") ?? "").split("; ").map((pair) => {
      const [key = "", value = ""] = pair.split("=", 2);
      return [key, value];
    }),
  );
  const [challenge = ""] = decodeURIComponent(cookies.get(name) ?? "").split(".");
  const found = await context.internalAdapter.findVerificationValue(challenge);
  if (found !== null) await noteEvent(call, found.value, "wrong_code");
}

/** A failed try is noted after the answer, so that its time does not tell whether the address is known. */
export function noteFailureOf(
  call: PersonCall<unknown>,
  email: string,
  event: SignInEventName,
): void {
  const note = async () => {
    const person = await call.deps.database.person.findUnique({ where: { email } });
    if (person !== null) await noteEvent(call, person.id, event);
  };
  note().catch((thrown) => {
    call.deps.logger.error({ detail: String(thrown), requestId: call.requestId }, "not noted");
  });
}
