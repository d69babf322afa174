/** A word that says in which state something is. */
import clsx from "clsx";

export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

const TONES: { readonly [tone in Tone]: string } = {
  neutral: "bg-well text-muted ring-line",
  good: "bg-good-halo text-good ring-transparent",
  warn: "bg-warn-halo text-warn ring-transparent",
  bad: "bg-bad-halo text-bad ring-transparent",
  info: "bg-info-halo text-info ring-transparent",
};

interface Props {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: React.ReactNode;
}

export function Badge({ tone = "neutral", title, children }: Props) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs ring-1 ring-inset [&_svg]:size-3",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
