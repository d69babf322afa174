/** A page that has nothing but a sentence to say. */

interface Props {
  readonly title: string;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Message({ title, actions, children }: Props) {
  return (
    <div className="max-w-xl py-8 sm:py-14">
      <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="mt-2 text-base text-muted">{children}</div>
      {actions !== undefined && <div className="mt-6 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
