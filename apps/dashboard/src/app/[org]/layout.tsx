/** Every page of an org: for its members only, in the frame they know. */
import { holds, PERMISSIONS, type Permission } from "@yolo/control/permissions";
import type { Metadata } from "next";
import { OrgProvider } from "../../data/org-context.tsx";
import { Shell } from "../../features/shell/shell.tsx";
import { readOrgs, requireMember } from "../../sign-in/who.ts";

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly children: React.ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org } = await requireMember((await params).org);
  return { title: { default: org.name, template: `%s · ${org.name}` } };
}

export default async function Layout({ params, children }: Props) {
  const { org, person, actor } = await requireMember((await params).org);
  const permissions = Object.keys(PERMISSIONS)
    .filter(isPermission)
    .filter((permission) => holds(actor, permission));
  return (
    <OrgProvider slug={org.slug} name={org.name} role={actor.role} permissions={permissions}>
      <Shell orgs={await readOrgs(person)} person={{ name: person.name, email: person.email }}>
        {children}
      </Shell>
    </OrgProvider>
  );
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}
