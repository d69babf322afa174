/** How a person comes to belong to an org: founding one, or accepting an invitation. */
import type { Context } from "@yolo/control/context";
import { slugField } from "@yolo/control/fields";
import { acceptInvitation } from "@yolo/control/invitation/open";
import { foundOrg, slugProblem } from "@yolo/control/org/found";
import { timeZoneField } from "@yolo/control/org/org";
import { z } from "zod";
import { invitationMailer } from "../mail/invitation-mailer.ts";
import { clientOf, nameOfPerson, type PersonCall, personal } from "./endpoint.ts";
import { takeTry } from "./limits.ts";

const orgInput = z.strictObject({
  name: nameOfPerson(),
  slug: slugField(),
  timeZone: timeZoneField().optional(),
});

/** Answers `{ to }`, where the new org begins. Throws `conflict` for a slug that is taken, and for too many orgs. */
export const newOrg = personal(orgInput, async (call, { personId }) => {
  const { slug } = await foundOrg(contextOf(call), personId, call.input);
  return { body: { to: `/${slug}/start` } };
});

/** Answers `{ problem }`: why an org cannot be called so, or null. */
export const checkSlug = personal(
  z.strictObject({ slug: z.string().max(100) }),
  async (call, person) => {
    const limit = { burst: 100, everySeconds: 1 };
    await takeTry(call.deps, [{ key: `slug:${person.personId}`, limit }]);
    const problem = await slugProblem(call.deps.database, call.input.slug);
    return { body: { problem: problem ?? null } };
  },
);

/** Answers `{ to }`, the org. Throws `link_ended`, `conflict` for a member, `forbidden` for whom it is not. */
export const acceptOffer = personal(
  z.strictObject({ token: z.string().min(1).max(100) }),
  async (call, { personId, email }) => {
    const key = `invite:${personId}:${clientOf(call.headers)}`;
    await takeTry(call.deps, [{ key, limit: { burst: 20, everySeconds: 30 } }]);
    const guest = { personId, email };
    const { slug } = await acceptInvitation(contextOf(call), guest, call.input.token);
    return { body: { to: `/${slug}` } };
  },
);

function contextOf({ deps, requestId }: PersonCall<unknown>): Omit<Context, "actor"> {
  const { database, secrets, clock, jobs } = deps;
  return { database, secrets, clock, jobs, requestId, mailInvitation: invitationMailer(deps) };
}
