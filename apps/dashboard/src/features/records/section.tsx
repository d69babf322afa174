/** A part of a record, with its name. */
import { useId } from "react";

interface Props {
  readonly title: string;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Section({ title, actions, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <p id={id} className="font-semibold text-sm">
          {title}
        </p>
        {actions}
      </div>
      {children}
    </section>
  );
}
