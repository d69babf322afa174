"use client";

/** Which org this is, and the way to another. */
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { Menu, MenuLabel, MenuLink, MenuSeparator } from "../../ui/menu.tsx";

export interface OrgChoice {
  readonly slug: string;
  readonly name: string;
}

export function OrgSwitcher({ orgs }: { readonly orgs: readonly OrgChoice[] }) {
  const { slug, name } = useOrg();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left outline-offset-[-2px] hover:bg-hover coarse:h-11"
        >
          <Initial name={name} />
          <span className="min-w-0 flex-1 truncate font-semibold text-sm">{name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
          <span className="sr-only">Change org</span>
        </button>
      }
    >
      <MenuLabel>Orgs</MenuLabel>
      {orgs.map((org) => (
        <MenuLink key={org.slug} href={`/${org.slug}`}>
          <span className="min-w-0 flex-1 truncate">{org.name}</span>
          {org.slug === slug && <Check aria-label="this one" />}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink href="/orgs/new">
        <Plus aria-hidden="true" /> New org
      </MenuLink>
    </Menu>
  );
}

function Initial({ name }: { readonly name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-5 shrink-0 items-center justify-center rounded-sm bg-fill font-semibold text-2xs text-on-fill uppercase"
    >
      {name.slice(0, 1)}
    </span>
  );
}
