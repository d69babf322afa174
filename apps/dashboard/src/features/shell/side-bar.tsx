"use client";

/** What stands beside every page, on a phone behind the menu button. */
import { Search } from "lucide-react";
import { Kbd } from "../../ui/kbd.tsx";
import { useCommands } from "./commands.tsx";
import { Navigation } from "./navigation.tsx";
import { type OrgChoice, OrgSwitcher } from "./org-switcher.tsx";
import { type Person, PersonMenu } from "./person-menu.tsx";

export interface SideBarProps {
  readonly orgs: readonly OrgChoice[];
  readonly person: Person;
}

interface Props extends SideBarProps {
  /** Beside the org, as a button that closes. */
  readonly close?: React.ReactNode;
}

export function SideBar({ orgs, person, close }: Props) {
  return (
    <>
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <OrgSwitcher orgs={orgs} />
        </div>
        {close}
      </div>
      <SearchButton />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Navigation />
      </div>
      <PersonMenu person={person} />
    </>
  );
}

function SearchButton() {
  const { openPalette } = useCommands();
  return (
    <button
      type="button"
      onClick={openPalette}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-raised px-2 text-muted text-sm hover:border-field coarse:h-11"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className="flex-1 text-left">Search or go to…</span>
      <Kbd>⌘K</Kbd>
    </button>
  );
}
