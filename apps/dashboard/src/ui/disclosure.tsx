"use client";

/** What is seldom needed, behind a line that says what it is; its content comes when it is first opened. */
import { ChevronRight } from "lucide-react";
import { useState } from "react";

interface Props {
  readonly summary: React.ReactNode;
  readonly children: React.ReactNode;
}

export function Disclosure({ summary, children }: Props) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      className="group min-w-0"
      onToggle={(event) => {
        if (event.currentTarget.open) setWasOpened(true);
      }}
    >
      <summary className="inline-flex min-h-6 list-none items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 transition-transform group-open:rotate-90"
        />
        {summary}
      </summary>
      {wasOpened && <div className="mt-2">{children}</div>}
    </details>
  );
}
