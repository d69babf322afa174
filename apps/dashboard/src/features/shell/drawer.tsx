"use client";

/** The side bar on a phone, over the page. */
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { buttonClass } from "../../ui/button-style.ts";
import { SideBar, type SideBarProps } from "./side-bar.tsx";

export interface DrawerProps extends SideBarProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function Drawer({ open, onOpenChange, orgs, person }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] flex-col gap-3 border-line border-r bg-page p-3 outline-none transition-[translate] duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <SideBar
            orgs={orgs}
            person={person}
            close={
              <Dialog.Close aria-label="Close the menu" className={buttonClass("ghost", "icon")}>
                <X aria-hidden="true" />
              </Dialog.Close>
            }
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
