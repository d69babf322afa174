/** Where the link of the mail for a new password leads. */
import type { Metadata } from "next";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import { ResetForm } from "../../../features/people/reset-form.tsx";
import { one, type Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const token = one((await searchParams).token);
  return (
    <PeopleCard
      title={token === undefined ? "This link is incomplete" : "Choose a new password"}
      description={
        token === undefined
          ? "Open it from the mail again, whole."
          : "Every session of yours ends with it, and you sign in again."
      }
      footer={<TextLink href="/forgot">Send another link</TextLink>}
    >
      {token !== undefined && <ResetForm token={token} />}
    </PeopleCard>
  );
}
