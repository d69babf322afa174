"use client";

/** The pages of the org, the one that is open marked. */
import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useOrg } from "../../data/org-context.tsx";
import { isWithin, type OrgPage, PAGE_GROUPS } from "./pages.ts";

export function Navigation() {
  return (
    <nav aria-label="Pages" className="flex flex-col gap-4">
      {PAGE_GROUPS.map((pages) => (
        <ul key={pages[0]?.path} className="flex flex-col gap-px">
          {pages.map((page) => (
            <PageLink key={page.path} page={page} />
          ))}
        </ul>
      ))}
    </nav>
  );
}

function PageLink({ page }: { readonly page: OrgPage }) {
  const { slug } = useOrg();
  const isOpen = isWithin(usePathname(), slug, page);
  const Icon = page.icon;
  return (
    <li>
      <Link
        href={`/${slug}${page.path}`}
        aria-current={isOpen ? "page" : undefined}
        className={clsx(
          "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm outline-offset-[-2px] coarse:h-11",
          isOpen
            ? "bg-hover font-medium text-text"
            : "text-muted hover:bg-hover/60 hover:text-text",
        )}
      >
        <Icon aria-hidden="true" className={clsx("size-4 shrink-0", isOpen && "text-link")} />
        {page.label}
      </Link>
    </li>
  );
}
