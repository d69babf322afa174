"use client";

/** The frame of every page of an org: navigation beside it, on a phone above it; the palette and the keys. */
import { Menu as MenuIcon, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { buttonClass } from "../../ui/button-style.ts";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { SkipLink } from "../../ui/skip-link.tsx";
import { useOnceOpened } from "../../ui/use-once-opened.ts";
import { Commands, useCommands } from "./commands.tsx";
import { SideBar, type SideBarProps } from "./side-bar.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";

const loadDrawer = () => import("./drawer.tsx");
const Drawer = lazyDialog(async () => (await loadDrawer()).Drawer);

interface Props extends SideBarProps {
  readonly children: React.ReactNode;
}

export function Shell({ orgs, person, children }: Props) {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
  return (
    <Commands>
      <SkipLink />
      <div className="lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col gap-3 border-line border-r px-3 py-3 lg:flex">
          <SideBar orgs={orgs} person={person} />
        </aside>
        <TopBar orgs={orgs} person={person} />
        <main
          ref={main}
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

function TopBar({ orgs, person }: SideBarProps) {
  const { slug, name } = useOrg();
  const { openPalette } = useCommands();
  const [openAt, setOpenAt] = useState<string>();
  const pathname = usePathname();
  // Going to another page closes the menu, and coming back does not open it again.
  const isOpen = openAt === pathname;
  if (openAt !== undefined && !isOpen) setOpenAt(undefined);
  const wasOpened = useOnceOpened(isOpen, loadDrawer);
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center gap-1 border-line border-b bg-page px-2 lg:hidden">
      <button
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpenAt(pathname)}
        className={buttonClass("ghost", "icon")}
      >
        <MenuIcon aria-hidden="true" />
      </button>
      {wasOpened && (
        <Drawer
          open={isOpen}
          onOpenChange={(open) => setOpenAt(open ? pathname : undefined)}
          orgs={orgs}
          person={person}
        />
      )}
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
