/** A key to press. */

export function Kbd({ children }: { readonly children: React.ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-well px-1 font-mono text-2xs text-muted">
      {children}
    </kbd>
  );
}
