/** The frame of the pages before there is an org: one column, one thing to do. */
interface Props {
  readonly title: string;
  readonly description?: React.ReactNode | undefined;
  readonly children?: React.ReactNode;
  /** Where else one may want to go. */
  readonly footer?: React.ReactNode;
}

export function PeopleCard({ title, description, children, footer }: Props) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col gap-6 px-4 py-12 sm:py-20">
      <header className="flex flex-col gap-2">
        <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
        {description !== undefined && (
          <div className="text-pretty text-base text-muted">{description}</div>
        )}
      </header>
      {children}
      {footer !== undefined && (
        <footer className="border-line border-t pt-4 text-muted text-sm">{footer}</footer>
      )}
    </div>
  );
}
