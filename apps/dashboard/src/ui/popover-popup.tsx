"use client";

/** What `Popover` is once somebody reaches for it. */
import { Popover as Base } from "@base-ui/react/popover";
import { useState } from "react";
import type { PopoverProps } from "./popover.tsx";

/** Begins open: it is there because somebody asked for it. */
export function PopoverPopup({ trigger, label, children }: PopoverProps) {
  const [open, setOpen] = useState(true);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-30">
          <Base.Popup
            aria-label={label}
            className="w-[min(20rem,calc(100vw-1.5rem))] rounded-lg border border-line bg-raised p-3 shadow-popup outline-none"
          >
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
