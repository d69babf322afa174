/** A person's own pages. */
import { readOrgs, requirePerson } from "../../../sign-in/who.ts";
import { NavTabs } from "../../../ui/nav-tabs.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";

const TABS = [
  { href: "/account", label: "Account" },
  { href: "/account/security", label: "Security" },
];

export default async function Layout({ children }: { readonly children: React.ReactNode }) {
  const person = await requirePerson();
  const orgs = await readOrgs(person);
  const crumbs = orgs.slice(0, 1).map(({ slug, name }) => ({ label: name, href: `/${slug}` }));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={person.name} description={person.email} crumbs={crumbs} />
      <NavTabs label="Account" tabs={TABS} />
      <div className="flex flex-col gap-6">{children}</div>
    </div>
  );
}
