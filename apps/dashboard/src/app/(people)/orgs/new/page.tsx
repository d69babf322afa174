/** Founding an org. */
import type { Metadata } from "next";
import { getDeps } from "../../../../deps.ts";
import { tenantAddress } from "../../../../features/connect/tenant-address.ts";
import { NewOrgForm } from "../../../../features/people/new-org-form.tsx";
import { PeopleCard } from "../../../../features/people/people-card.tsx";
import { readOrgs, requirePerson } from "../../../../sign-in/who.ts";
import { TextLink } from "../../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "New org" };

export default async function Page() {
  const person = await requirePerson();
  const orgs = await readOrgs(person);
  return (
    <PeopleCard
      title={orgs.length === 0 ? `Welcome, ${person.name}` : "New org"}
      description="An org is your team: its agents, its policies, its records, and an endpoint of its own."
      footer={
        orgs.length === 0 ? (
          <>
            Somebody invited you? Open the link that they sent. You are signed in as {person.email}.
          </>
        ) : (
          <TextLink href={`/${orgs[0]?.slug}`}>Back to {orgs[0]?.name}</TextLink>
        )
      }
    >
      <NewOrgForm {...addressParts()} />
    </PeopleCard>
  );
}

/** What stands around the slug in the org's endpoint. */
function addressParts(): { readonly before: string; readonly after: string } {
  const { scheme, domain } = tenantAddress(getDeps().env);
  return { before: `${scheme}://`, after: `.${domain}` };
}
