/** A list with nothing in it: why, and what to do. */

interface Props {
  readonly title: string;
  readonly icon?: React.ReactNode;
  readonly action?: React.ReactNode;
  readonly children?: React.ReactNode;
}

export function EmptyState({ title, icon, action, children }: Props) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-lg border border-line border-dashed px-6 py-12 text-center">
      {icon !== undefined && <div className="mb-2 text-muted [&_svg]:size-5">{icon}</div>}
      <p className="font-medium text-base">{title}</p>
      {children !== undefined && (
        <div className="max-w-md text-balance text-muted text-sm">{children}</div>
      )}
      {action !== undefined && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>
      )}
    </div>
  );
}
