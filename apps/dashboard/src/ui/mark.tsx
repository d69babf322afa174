/** The sign of the product: a gate, and a call that passes between its posts. */

export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" className={className}>
      <path d="M6 3v18M18 3v18" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="12" cy="12" r="2.75" fill="currentColor" />
    </svg>
  );
}
