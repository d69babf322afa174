/** A small control with words beside it, of which a click anywhere counts. */

interface Props {
  /** Of the control. */
  readonly id: string;
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  /** A box of its own. */
  readonly card?: boolean;
  /** The control. */
  readonly children: React.ReactNode;
}

const CARD =
  "rounded-md border border-line bg-raised p-3 hover:border-field has-checked:border-fill has-checked:bg-link-halo";

export function Choice({ id, label, hint, card = false, children }: Props) {
  return (
    <label
      htmlFor={id}
      className={`flex min-h-6 cursor-pointer items-start gap-2.5 has-disabled:cursor-not-allowed coarse:min-h-11 coarse:items-center ${card ? CARD : ""}`}
    >
      <span className="mt-0.5 flex shrink-0 coarse:mt-0">{children}</span>
      <span className="flex min-w-0 flex-col text-sm">
        {label}
        {hint !== undefined && <span className="text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
