"use client";

/** A question above the page: the focus stays in it, and goes back to where it came from. */
import dynamic from "next/dynamic";
import type { DialogProps } from "./dialog-popup.tsx";
import { useOnceOpened } from "./use-once-opened.ts";

const load = () => import("./dialog-popup.tsx");
const DialogPopup = dynamic(async () => (await load()).DialogPopup, { ssr: false });

export function Dialog(props: DialogProps) {
  return useOnceOpened(props.open, load) && <DialogPopup {...props} />;
}
