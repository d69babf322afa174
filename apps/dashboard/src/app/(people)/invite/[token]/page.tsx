/** Where an invitation's link leads, for those who have an account and those who have none. */
import { readOffer } from "@yolo/control/invitation/open";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { getDeps } from "../../../../deps.ts";
import { AcceptInvitation } from "../../../../features/people/accept-invitation.tsx";
import { PeopleCard } from "../../../../features/people/people-card.tsx";
import { readPerson } from "../../../../sign-in/who.ts";
import { LinkButton } from "../../../../ui/link-button.tsx";
import { TextLink } from "../../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Invitation" };

interface Props {
  readonly params: Promise<{ readonly token: string }>;
}

export default async function Page({ params }: Props) {
  const { token } = await params;
  const deps = getDeps();
  const offer = await readOffer(deps, token);
  if (offer === undefined) return <Ended />;
  const { org, role, inviter, email } = offer;
  const person = await readPerson(deps, await headers());
  const next = `/invite/${token}`;
  return (
    <PeopleCard
      title={`Join ${org.name}`}
      description={
        <>
          {inviter} invites {email === null ? "you" : <strong>{email}</strong>} to {org.name} as{" "}
          <strong>{role}</strong>.
        </>
      }
      footer={
        person === undefined ? undefined : (
          <>
            You are signed in as {person.email}. Somebody else?{" "}
            <TextLink href={`/sign-in?next=${encodeURIComponent(next)}`}>Sign in</TextLink>
          </>
        )
      }
    >
      {person === undefined ? (
        <Strangers next={next} email={email} />
      ) : (
        <AcceptInvitation token={token} org={org.name} />
      )}
    </PeopleCard>
  );
}

interface StrangersProps {
  readonly next: string;
  readonly email: string | null;
}

function Strangers({ next, email }: StrangersProps) {
  const query = new URLSearchParams({ next, ...(email !== null && { email }) });
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <LinkButton href={`/sign-up?${query}`} variant="primary" size="lg">
        Sign up to join
      </LinkButton>
      <LinkButton href={`/sign-in?${query}`} size="lg">
        I have an account
      </LinkButton>
    </div>
  );
}

function Ended() {
  return (
    <PeopleCard
      title="This invitation does not work any more"
      description="It was used, revoked or replaced, or it is older than seven days. Ask whoever invited you for a new one."
      footer={<TextLink href="/sign-in">Sign in</TextLink>}
    />
  );
}
