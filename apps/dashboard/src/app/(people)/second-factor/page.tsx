/** The second step of signing in. */
import type { Metadata } from "next";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import { SecondFactorForm } from "../../../features/people/second-factor-form.tsx";
import { one, type Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Second factor" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  return (
    <PeopleCard
      title="One more step"
      description="Enter the code that your authenticator shows for yologateway."
      footer={<TextLink href="/sign-in">Begin again</TextLink>}
    >
      <SecondFactorForm next={one((await searchParams).next)} />
    </PeopleCard>
  );
}
