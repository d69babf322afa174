/** Who belongs to the org, and who is invited. */
import type { Metadata } from "next";
import { Prefetch } from "../../../../data/prefetch.tsx";
import { getDeps } from "../../../../deps.ts";
import { MembersPage } from "../../../../features/members/members-page.tsx";
import { requireMember } from "../../../../sign-in/who.ts";

export const metadata: Metadata = { title: "Members" };

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  const { person } = await requireMember(org);
  const { env, mailer } = getDeps();
  return (
    <Prefetch
      org={org}
      calls={[
        ["GET /members", {}, "pages"],
        ["GET /invitations", {}, "pages"],
      ]}
    >
      <MembersPage ownEmail={person.email} dashboard={env.DASHBOARD_URL} sendsMail={mailer.sends} />
    </Prefetch>
  );
}
