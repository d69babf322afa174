/** A way back in by mail. */
import type { Metadata } from "next";
import { getDeps } from "../../../deps.ts";
import { ForgotForm } from "../../../features/people/forgot-form.tsx";
import { MailSent } from "../../../features/people/mail-sent.tsx";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import type { Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const { sent } = await searchParams;
  if (sent !== undefined) return <Sent />;
  return (
    <PeopleCard
      title="Forgot your password?"
      description="We write you a link with which you choose a new one."
      footer={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      <ForgotForm />
    </PeopleCard>
  );
}

function Sent() {
  return (
    <MailSent
      sends={getDeps().mailer.sends}
      footer={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      If this address has an account, a link is on its way. It works once, within an hour.
    </MailSent>
  );
}
