"use client";

/** The frame of every page of an org: navigation beside it, on a phone above it; the palette and the keys. */
import { Dialog } from "@base-ui/react/dialog";
import { Menu as MenuIcon, Search, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { buttonClass } from "../../ui/button-style.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { SkipLink } from "../../ui/skip-link.tsx";
import { Commands, useCommands } from "./commands.tsx";
import { Navigation } from "./navigation.tsx";
import { type OrgChoice, OrgSwitcher } from "./org-switcher.tsx";
import { type Person, PersonMenu } from "./person-menu.tsx";

interface Props {
  readonly orgs: readonly OrgChoice[];
  readonly person: Person;
  readonly children: React.ReactNode;
}

export function Shell({ orgs, person, children }: Props) {
  return (
    <Commands>
      <SkipLink />
      <div className="lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col gap-3 border-line border-r px-3 py-3 lg:flex">
          <SideBar orgs={orgs} person={person} />
        </aside>
        <TopBar orgs={orgs} person={person} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full min-w-0 max-w-304 px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-6"
        >
          {children}
        </main>
      </div>
    </Commands>
  );
}

type BarProps = Pick<Props, "orgs" | "person">;

function SideBar({ orgs, person, close }: BarProps & { readonly close?: React.ReactNode }) {
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

function TopBar({ orgs, person }: BarProps) {
  const { slug, name } = useOrg();
  const { openPalette } = useCommands();
  const [openAt, setOpenAt] = useState<string>();
  const pathname = usePathname();
  // Going to another page closes the menu.
  const isOpen = openAt === pathname;
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center gap-1 border-line border-b bg-page px-2 lg:hidden">
      <Dialog.Root open={isOpen} onOpenChange={(open) => setOpenAt(open ? pathname : undefined)}>
        <Dialog.Trigger aria-label="Menu" className={buttonClass("ghost", "icon")}>
          <MenuIcon aria-hidden="true" />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <Dialog.Popup className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] flex-col gap-3 border-line border-r bg-page p-3 outline-none transition-[translate] duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <SideBar
              orgs={orgs}
              person={person}
              close={
                <Dialog.Close aria-label="Close the menu" className={buttonClass("ghost", "icon")}>
                  <X aria-hidden="true" />
                </Dialog.Close>
              }
            />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <Link
        href={`/${slug}`}
        className="flex h-11 min-w-0 flex-1 items-center truncate rounded-md px-1 font-semibold text-sm"
      >
        {name}
      </Link>
      <button
        type="button"
        aria-label="Search or go to"
        onClick={openPalette}
        className={buttonClass("ghost", "icon")}
      >
        <Search aria-hidden="true" />
      </button>
    </header>
  );
}
