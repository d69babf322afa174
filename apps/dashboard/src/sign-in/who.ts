/** Who is signed in, and who they are in an org. */
import type { Actor } from "@yolo/control/context";
import { orgsOfPerson } from "@yolo/control/person/orgs";
import { AppError } from "@yolo/core/errors";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Deps, getDeps } from "../deps.ts";
import { safePath } from "./safe-path.ts";

export interface SignedIn {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  /** Whether signing in asks for a second factor. */
  readonly twoFactor: boolean;
  readonly sessionId: string;
}

export interface OrgMember {
  readonly org: { readonly id: string; readonly slug: string; readonly name: string };
  readonly person: SignedIn;
  readonly actor: Extract<Actor, { kind: "member" }>;
}

type Readers = Pick<Deps, "auth" | "database" | "clock">;

const SEEN_EVERY_MS = 5 * 60_000;

/** The person whose session's cookie stands in these headers; undefined when nobody is signed in. */
export async function readPerson(deps: Readers, from: Headers): Promise<SignedIn | undefined> {
  const found = await deps.auth.api.getSession({ headers: from });
  if (found === null) return undefined;
  const { session, user } = found;
  const now = deps.clock.now();
  if (now - session.updatedAt.getTime() > SEEN_EVERY_MS) {
    await deps.database.personSession.updateMany({
      where: { id: session.id },
      data: { updatedAt: new Date(now) },
    });
  }
  return {
    personId: user.id,
    email: user.email,
    name: user.name,
    emailVerified: user.emailVerified,
    twoFactor: user.twoFactorEnabled === true,
    sessionId: session.id,
  };
}

/** The member that this person is in the org with this slug. Throws `not_found`, for strangers as for no such org. */
export async function actorIn(deps: Readers, person: SignedIn, slug: string): Promise<Actor> {
  return (await memberIn(deps, person, slug)).actor;
}

async function memberIn(deps: Readers, person: SignedIn, slug: string): Promise<OrgMember> {
  const orgs = await orgsOfPerson(deps.database, person.personId);
  const found = orgs.find((org) => org.slug === slug);
  if (found === undefined) {
    throw new AppError("not_found", { message: "There is no org with the name you sent." });
  }
  const { orgId, memberId, role, name } = found;
  return {
    org: { id: orgId, slug, name },
    person,
    actor: { kind: "member", orgId, memberId, role },
  };
}

/** For pages: the person signed in. Whoever is not is sent to sign in, and comes back to this page. */
export const requirePerson = cache(async (): Promise<SignedIn> => {
  const from = await headers();
  const person = await readPerson(getDeps(), from);
  if (person !== undefined) return person;
  const next = safePath(from.get("yolo-path") ?? undefined);
  redirect(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
});

/** For pages of an org: its member who is signed in. Strangers see what a missing org shows. */
export const requireMember = cache(async (slug: string): Promise<OrgMember> => {
  const person = await requirePerson();
  try {
    return await memberIn(getDeps(), person, slug);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "not_found") notFound();
    throw thrown;
  }
});

/** The orgs of the person, by name. */
export const readOrgs = cache(async (person: SignedIn) => {
  const orgs = await orgsOfPerson(getDeps().database, person.personId);
  return orgs.map(({ slug, name, role }) => ({ slug, name, role }));
});
