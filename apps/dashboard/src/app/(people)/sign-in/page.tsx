/** Signing in. */
import type { Metadata } from "next";
import { PeopleCard } from "../../../features/people/people-card.tsx";
import { SignInForm } from "../../../features/people/sign-in-form.tsx";
import { one, type Search } from "../../../sign-in/search.ts";
import { TextLink } from "../../../ui/text-link.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const next = one(search.next);
  const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <PeopleCard
      title="Sign in"
      description={
        search.reset === undefined ? undefined : "Your new password is set. Sign in with it."
      }
      footer={
        <div className="flex flex-wrap justify-between gap-x-6 gap-y-2">
          <span>
            New here? <TextLink href={`/sign-up${query}`}>Sign up</TextLink>
          </span>
          <TextLink href="/forgot">Forgot your password?</TextLink>
        </div>
      }
    >
      <SignInForm next={next} email={one(search.email)} />
    </PeopleCard>
  );
}
