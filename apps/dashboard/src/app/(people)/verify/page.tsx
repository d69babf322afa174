/** Where the link of the first mail leads. */
import type { Metadata } from "next";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import { VerifyForm } from "../../../features/people/verify-form.tsx";
import { one, type Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Confirm your address" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const token = one(search.token);
  if (token === undefined) return <Incomplete />;
  return (
    <PeopleCard
      title="Confirm your address"
      description="Enter the password that you chose when you signed up: it shows that the account is yours, not only the mailbox."
      footer={
        <>
          You never chose one, or it is forgotten?{" "}
          <TextLink href="/forgot">Choose a new password</TextLink>
        </>
      }
    >
      <VerifyForm token={token} next={one(search.next)} />
    </PeopleCard>
  );
}

function Incomplete() {
  return (
    <PeopleCard title="This link is incomplete" description="Open it from the mail again, whole.">
      <p>
        <TextLink href="/sign-in">Sign in</TextLink> to get another one.
      </p>
    </PeopleCard>
  );
}
