/** The head of a page: where it lies, what it is, what can be done. */
import { ChevronRight } from "lucide-react";
import Link from "next/link";

export interface Crumb {
  readonly label: React.ReactNode;
  readonly href: string;
}

interface Props {
  readonly title: React.ReactNode;
  readonly description?: React.ReactNode;
  readonly actions?: React.ReactNode;
  /** What lies above this page, outermost first. */
  readonly crumbs?: readonly Crumb[];
}

export function PageHeader({ title, description, actions, crumbs = [] }: Props) {
  return (
    <header className="mb-5 flex flex-col gap-1">
      {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
          {description !== undefined && (
            <div className="mt-0.5 max-w-prose text-muted text-sm">{description}</div>
          )}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        )}
      </div>
    </header>
  );
}

function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center gap-1 text-muted text-xs">
        {crumbs.map(({ label, href }, index) => (
          <li key={href} className="inline-flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden="true" className="size-3 text-faint" />}
            <Link
              href={href}
              className="inline-flex min-h-6 items-center rounded-sm hover:text-text hover:underline coarse:min-h-11"
            >
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
