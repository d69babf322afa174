"use client";

/** Code or a command to copy. */
import clsx from "clsx";
import { CopyButton } from "./copy-button.tsx";

/** What scrolls must be reachable by keyboard. */
const SCROLLABLE = { tabIndex: 0 } as const;

interface Props {
  readonly code: string;
  /** Above it: a file name or what it is. */
  readonly title?: React.ReactNode;
  /** Long lines are folded; else they scroll. */
  readonly wrap?: boolean;
  readonly className?: string;
}

export function CodeBlock({ code, title, wrap = false, className }: Props) {
  const copy = <CopyButton text={code} label="Copy the code" />;
  return (
    <figure className={clsx("overflow-hidden rounded-lg border border-line bg-well", className)}>
      {title !== undefined && (
        <figcaption className="flex min-h-9 items-center justify-between gap-2 border-line border-b pr-1.5 pl-3 text-muted text-xs">
          <span className="min-w-0 truncate">{title}</span>
          {copy}
        </figcaption>
      )}
      <div className="relative">
        <pre
          {...SCROLLABLE}
          className={clsx(
            "overflow-x-auto px-3 py-2.5 text-xs leading-5 outline-offset-[-2px]",
            wrap && "whitespace-pre-wrap [overflow-wrap:anywhere]",
            title === undefined && "pr-10",
          )}
        >
          <code>{code}</code>
        </pre>
        {title === undefined && <div className="absolute top-1.5 right-1.5">{copy}</div>}
      </div>
    </figure>
  );
}
