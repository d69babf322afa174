"use client";

/** A question above the page: the focus stays in it, and goes back to where it came from. */
import type { DialogProps } from "./dialog-popup.tsx";
import { lazyDialog } from "./lazy-dialog.tsx";
import { useOnceOpened } from "./use-once-opened.ts";

const load = () => import("./dialog-popup.tsx");
const DialogPopup = lazyDialog(async () => (await load()).DialogPopup);

export function Dialog(props: DialogProps) {
  return useOnceOpened(props.open, load) && <DialogPopup {...props} />;
}
