"use client";

/** Copies a text and says so. */
import clsx from "clsx";
import { Check, Copy, TriangleAlert } from "lucide-react";
import { buttonClass } from "./button-style.ts";
import { type CopyState, useCopy } from "./use-copy.ts";

interface Props {
  readonly text: string;
  /** What it copies, for those who cannot see: "Copy the key". */
  readonly label?: string;
  /** Written beside the sign, as "Copy". */
  readonly children?: React.ReactNode;
  readonly className?: string;
}

const WORDS: { readonly [state in CopyState]: string } = {
  idle: "",
  copied: "Copied",
  failed: "Could not copy: select the text instead",
};

export function CopyButton({ text, label = "Copy", children, className }: Props) {
  const [state, copy] = useCopy(text);
  const isIcon = children === undefined;
  return (
    <>
      <button
        type="button"
        onClick={copy}
        aria-label={isIcon ? label : undefined}
        title={isIcon ? label : undefined}
        className={clsx(
          buttonClass(isIcon ? "ghost" : "secondary", isIcon ? "icon-sm" : "sm"),
          className,
        )}
      >
        <StateIcon state={state} />
        {children}
      </button>
      <span className="sr-only" role="status">
        {WORDS[state]}
      </span>
    </>
  );
}

function StateIcon({ state }: { readonly state: CopyState }) {
  if (state === "copied") return <Check aria-hidden="true" className="text-good" />;
  if (state === "failed") return <TriangleAlert aria-hidden="true" className="text-bad" />;
  return <Copy aria-hidden="true" />;
}
