"use client";

/** A small form behind a button, beside it. */
import { lazy, type ReactElement } from "react";
import { ByUse } from "./by-use.tsx";

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** What it is, for those who cannot see it. */
  readonly label: string;
  readonly children: (close: () => void) => React.ReactNode;
}

const load = () => import("./popover-popup.tsx");
const PopoverPopup = lazy(async () => ({ default: (await load()).PopoverPopup }));

export function Popover(props: PopoverProps) {
  return (
    <ByUse trigger={props.trigger} popup="dialog" load={load}>
      <PopoverPopup {...props} />
    </ByUse>
  );
}
