/** Who one is here: the name others see, and the orgs one belongs to. */
import type { Metadata } from "next";
import Link from "next/link";
import { NameForm } from "../../../features/account/name-form.tsx";
import { readOrgs, requirePerson } from "../../../sign-in/who.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { LinkButton } from "../../../ui/link-button.tsx";

export const metadata: Metadata = { title: "Account" };

export default async function Page() {
  const person = await requirePerson();
  const orgs = await readOrgs(person);
  return (
    <>
      <Card title="Name" description="What other members see beside what you do.">
        <NameForm name={person.name} />
      </Card>
      <Card
        title="Orgs"
        actions={
          <LinkButton href="/orgs/new" size="sm">
            New org
          </LinkButton>
        }
        flush
      >
        {orgs.length === 0 ? (
          <EmptyState title="You belong to no org yet">
            Found one, or ask somebody to invite you as {person.email}.
          </EmptyState>
        ) : (
          <ul>
            {orgs.map(({ slug, name, role }) => (
              <li
                key={slug}
                className="flex min-h-11 items-center gap-3 border-line border-b px-4 py-2 text-sm last:border-b-0"
              >
                <Link href={`/${slug}`} className="min-w-0 flex-1 break-words hover:underline">
                  {name} <span className="font-mono text-muted text-xs">{slug}</span>
                </Link>
                <Badge>{role}</Badge>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
