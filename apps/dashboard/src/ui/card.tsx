/** Things that belong together, in a box with a name. */
import clsx from "clsx";
import { useId } from "react";

interface Props {
  readonly title?: React.ReactNode;
  readonly description?: React.ReactNode;
  readonly actions?: React.ReactNode;
  /** Without room around the content, as for lists. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: React.ReactNode;
}

export function Card({ title, description, actions, flush = false, className, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={clsx("min-w-0 rounded-lg border border-line bg-raised", className)}
    >
      {title !== undefined && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-2 border-line border-b px-4 py-1.5">
          <div className="min-w-0">
            <h2 id={id} className="font-semibold text-sm">
              {title}
            </h2>
            {description !== undefined && <p className="text-muted text-xs">{description}</p>}
          </div>
          {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
