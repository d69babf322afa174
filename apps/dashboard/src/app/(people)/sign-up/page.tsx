/** Signing up, and what to do next. */
import type { Metadata } from "next";
import { getDeps } from "../../../deps.ts";
import { MailSent } from "../../../features/people/mail-sent.tsx";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import { SignUpForm } from "../../../features/people/sign-up-form.tsx";
import { one, type Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Sign up" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  if (search.sent !== undefined) return <Sent />;
  const next = one(search.next);
  const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <PeopleCard
      title="Sign up"
      description="An endpoint of your own for every call of your agents: identified, governed, on record."
      footer={
        <>
          You have an account? <TextLink href={`/sign-in${query}`}>Sign in</TextLink>
        </>
      }
    >
      <SignUpForm next={next} email={one(search.email)} />
    </PeopleCard>
  );
}

function Sent() {
  const { sends } = getDeps().mailer;
  return (
    <MailSent
      sends={sends}
      footer={
        <>
          {sends ? "Nothing after a few minutes? Look among the junk, or " : "No link there? "}
          <TextLink href="/sign-up">{sends ? "try again" : "Try again"}</TextLink>.
        </>
      }
    >
      The link that we have just written to you confirms your address. It works for 24 hours.
    </MailSent>
  );
}
