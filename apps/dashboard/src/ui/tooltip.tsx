"use client";

/** A hint for what is pointed at or focused. Never the only place where something is said that matters. */
import { Tooltip as Base } from "@base-ui/react/tooltip";
import { type ReactElement, useId } from "react";

interface Props {
  readonly content: React.ReactNode;
  readonly side?: "top" | "bottom" | "left" | "right";
  /** One element that can be focused. */
  readonly children: ReactElement<Record<string, unknown>>;
}

export function Tooltip({ content, side = "top", children }: Props) {
  const id = useId();
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={300} aria-describedby={id} />
      <span id={id} hidden>
        {content}
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} className="z-50">
          <Base.Popup className="max-w-72 rounded-md bg-text px-2 py-1 text-page text-xs shadow-popup transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
