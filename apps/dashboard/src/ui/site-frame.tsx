/** Pages outside an org: the product's name above, a line below. */
import Link from "next/link";
import { Mark } from "./mark.tsx";
import { SkipLink } from "./skip-link.tsx";

interface Props {
  /** In the head, on the right; else documentation. */
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function SiteFrame({ actions, children }: Props) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-272 flex-col px-5 sm:px-8">
      <SkipLink />
      <header className="flex min-h-16 items-center justify-between gap-4">
        <Link
          href="/"
          className="inline-flex min-h-11 items-center gap-2 font-semibold text-lg tracking-tight"
        >
          <Mark className="text-link" />
          yologateway
        </Link>
        <nav aria-label="Site" className="flex items-center gap-4 text-muted text-sm">
          <SiteLink href="/docs">Docs</SiteLink>
          <SiteLink href="/status">Status</SiteLink>
          {actions}
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="flex-1 py-6 outline-none">
        {children}
      </main>
      <footer className="mt-16 border-line border-t py-6 text-muted text-xs">
        The speed of YOLO mode with the safety of a production control system.
      </footer>
    </div>
  );
}

function SiteLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} className="inline-flex min-h-11 items-center hover:text-text">
      {children}
    </Link>
  );
}
