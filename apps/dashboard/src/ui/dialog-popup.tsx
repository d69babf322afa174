"use client";

/** What `Dialog` shows once it is opened. */
import { Dialog as Base } from "@base-ui/react/dialog";
import clsx from "clsx";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { buttonClass } from "./button-style.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: React.ReactNode;
  readonly description?: React.ReactNode;
  readonly children?: React.ReactNode;
  /** Its buttons, the one that goes ahead last. */
  readonly footer?: React.ReactNode;
  readonly size?: "sm" | "md" | "lg";
  /** What has the focus first; else the first field of what is asked, or the first button. */
  readonly initialFocus?: React.RefObject<HTMLElement | null>;
}

const WIDTHS = { sm: "max-w-100", md: "max-w-130", lg: "max-w-190" } as const;

const FIELDS = "input:not([type=hidden]), select, textarea";

export function DialogPopup(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "md" } = props;
  const body = useRef<HTMLDivElement>(null);
  // By touch the dialog itself has it, so that no keyboard covers what it says.
  const firstField = (openedBy: string) =>
    openedBy === "touch" || (body.current?.querySelector<HTMLElement>(FIELDS) ?? true);
  useEffect(() => (open ? findFocus : undefined), [open]);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          initialFocus={props.initialFocus ?? firstField}
          className={clsx(
            "-translate-x-1/2 fixed top-[12dvh] left-1/2 z-40 flex max-h-[80dvh] w-[calc(100vw-1.5rem)] flex-col rounded-xl border border-line bg-raised shadow-popup outline-none",
            "transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0",
            "max-sm:top-auto max-sm:bottom-3",
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="font-semibold text-lg tracking-tight">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="mt-0.5 text-muted text-sm">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close aria-label="Close" className={clsx(buttonClass("ghost", "icon"), "-mr-2")}>
              <X aria-hidden="true" />
            </Base.Close>
          </header>
          {children !== undefined && (
            <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">
              {children}
            </div>
          )}
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * Once a dialog has closed, the focus is back where it came from. Where that is gone, as the button of a dialog before
 * or of a row that was removed, the page has it: whoever goes by keys goes on from there, not from nowhere.
 */
function findFocus(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      document.getElementById("main")?.focus({ preventScroll: true });
    }),
  );
}
