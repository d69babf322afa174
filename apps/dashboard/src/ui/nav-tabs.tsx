"use client";

/** Pages that belong together, one address each. */
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

interface Props {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

export function NavTabs({ label, tabs }: Props) {
  const pathname = usePathname();
  // Of tabs whose addresses begin alike, the longest that fits is the open one.
  const [open] = tabs
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .toSorted((a, b) => b.href.length - a.href.length);
  return (
    <nav
      aria-label={label}
      className="-mx-1 mb-6 overflow-x-auto border-line border-b px-1 [scrollbar-width:none]"
    >
      <ul className="flex gap-4">
        {tabs.map((tab) => {
          const isOpen = tab === open;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={isOpen ? "page" : undefined}
                className={clsx(
                  "-mb-px flex h-9 items-center whitespace-nowrap border-b-2 px-0.5 font-medium text-sm outline-offset-[-2px] coarse:h-11",
                  isOpen
                    ? "border-fill text-text"
                    : "border-transparent text-muted hover:text-text",
                )}
              >
                {tab.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
